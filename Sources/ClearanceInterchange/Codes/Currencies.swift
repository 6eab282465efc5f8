extension CodeList {
    /// Currencies 币制 (JGS-20): three digits, as CEB writes them. 112 and 133 stand in no table that
    /// was found and are added from general knowledge.
    static let currencies = CodeList(
        MessageText(zh: "币制代码", en: "currencies"),
        source: "public dump of a customs parameter table; 112 and 133 added", date: "2017",
        status: .provisional,
        """
        110 HKD 港币
        112 IDR 印度尼西亚卢比
        113 IRR 伊朗里亚尔
        116 JPY 日本元
        118 KWD 科威特第纳尔
        121 MOP 澳门元
        122 MYR 马来西亚林吉特
        127 PKR 巴基斯坦卢比
        129 PHP 菲律宾比索
        132 SGD 新加坡元
        133 KRW 韩国元
        136 THB 泰国铢
        142 CNY 人民币
        143 TWD 台币
        201 DZD 阿尔及利亚第纳尔
        300 EUR 欧元
        301 BEF 比利时法郎
        302 DKK 丹麦克朗
        303 GBP 英镑
        304 DEM 德国马克
        305 FRF 法国法郎
        307 ITL 意大利里拉
        309 NLG 荷兰盾
        312 ESP 西班牙比赛塔
        315 ATS 奥地利先令
        318 FIM 芬兰马克
        326 NOK 挪威克朗
        330 SEK 瑞典克朗
        331 CHF 瑞士法郎
        332 RUB 俄罗斯卢布
        501 CAD 加拿大元
        502 USD 美元
        601 AUD 澳大利亚元
        609 NZD 新西兰元
        """)
}
