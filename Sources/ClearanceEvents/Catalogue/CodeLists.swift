/// The code lists against which values are looked up: an unknown code stays and is a finding.
enum CodeLists {
    /// A unit: three digits of customs' list, or a UN/ECE Recommendation 20 code.
    static func isUnit(_ code: Span<UInt8>) -> Bool {
        units.number(of: code) != 0 || commonUnits.number(of: code) != 0
    }

    /// A country: customs' three digits or three or two letters of ISO 3166.
    ///
    /// No public list of the digits was found, so only the shape is looked at.
    static func isCountry(_ code: Span<UInt8>) -> Bool {
        guard code.count == 2 || code.count == 3 else { return false }
        if code.count == 3 && Ascii.areDigits(code) { return true }
        for index in code.indices where !Ascii.isUpper(code[index]) { return false }
        return true
    }

    /// Customs' transport modes 运输方式.
    static let transportModes = WordTable(listed: "0 1 2 3 4 5 6 7 8 9 G H L T W X Y Z")

    /// Customs' supervision modes 监管方式.
    static let supervisionModes = WordTable(
        listed:
            """
            0110 0130 0200 0214 0245 0255 0258 0265 0300 0314 0320 0345 0400 0420 0444 0445 0446
            0456 0466 0500 0513 0544 0545 0615 0642 0644 0654 0657 0664 0700 0715 0744 0815 0844
            0845 0864 0865 1039 1139 1200 1210 1215 1233 1234 1239 1300 1371 1427 1500 1523 1616
            1741 1831 2025 2210 2225 2439 2600 2700 2939 3010 3100 3339 3410 3422 3511 3611 3612
            3910 4019 4039 4139 4200 4239 4400 4500 4539 4561 4600 5000 5010 5014 5015 5033 5034
            5100 5300 5335 5361 6033 9600 9610 9639 9700 9710 9739 9800 9810 9839 9900
            """)

    /// Customs' units 计量单位.
    private static let units = WordTable(
        listed:
            """
            001 002 003 004 005 006 007 008 009 010 011 012 013 014 015 016 017 018 019 020 021
            022 023 025 026 027 028 029 030 031 032 033 034 035 036 037 038 039 040 041 042 043
            044 045 046 047 048 049 050 051 052 053 054 055 056 057 058 059 060 061 062 063 067
            070 071 072 073 074 075 076 077 078 079 080 081 083 084 085 086 088 089 095 096 097
            098 099 101 110 111 112 115 116 118 120 121 122 123 124 125 126 127 128 129 130 131
            132 133 134 135 136 139 140 141 142 143 144 145 146 147 148 149 163 164
            """)

    /// The codes of UN/ECE Recommendation 20 that trade papers use most.
    private static let commonUnits = WordTable(
        listed:
            "C62 EA H87 KGM GRM TNE MGM LTR MLT MTR CMT MMT MTK MTQ PR SET "
            + "BX BG BO CT NPR DZN PK PCE"
    )
}
