extension Vocabulary {
    /// Receipts 回执: one layout holds the union of all receipt messages.
    static let receipts = """
        layout receipt · 回执
        guid text 36 transport · 系统唯一序号 · CEB622! CEB604! CEB624! CEB606! CEB626! CEB214! \
            CEB216! CEB312! CEB304! CEB412! CEB512! CEB506! CEB404! CEB514! CEB712! CEB508! \
            CEB510! CEB608! CEB702! CEB900!
        payCode code 18 · 支付企业代码 · CEB412!
        payTransactionId text 60 · 支付交易编号 · CEB412!
        operatorCode code 18 · 监管场所经营人代码 · CEB216 CEB712 CEB508
        logisticsCode code 18 · 物流企业代码 · CEB216 CEB512! CEB506 CEB514! CEB508 CEB510 CEB608
        logisticsNo text 80 · 物流运单编号 · CEB216 CEB512! CEB506 CEB514!
        logisticsStatus code 1 · 运单状态 · CEB514!
        customsCode code 4 · 申报海关代码 · CEB622 CEB624 CEB626 CEB712
        ebpCode code 50 · 电商平台代码 · CEB622 CEB604 CEB624 CEB626 CEB214 CEB312! CEB304
        orderNo text 60 · 订单编号 · CEB604 CEB312! CEB304 CEB404
        payNo text 60 · 支付交易编号 · CEB404
        statisticsFlag code 1 · 申报业务类型 · CEB604!
        ebcCode code 18 · 电商企业代码 · CEB622 CEB604 CEB624 CEB626 CEB214 CEB312! CEB304 CEB404 CEB702
        agentCode code 18 · 申报企业代码 · CEB622 CEB604 CEB624 CEB606 CEB626 CEB214 CEB608 CEB702
        coElNo text 30 · 企业单证编号 · CEB214 CEB216
        copNo text 30 · 企业内部编号 · CEB622! CEB604 CEB624! CEB606 CEB626! CEB712 CEB508 CEB510 \
            CEB608 CEB702
        billNo text 37 · 提运单号 · CEB508 CEB608
        msgSeqNo integer · 报文序号 · CEB508! CEB510! CEB608! CEB702!
        preNo text 18 · 预录入编号 · CEB622! CEB604! CEB624! CEB606! CEB626! CEB214 CEB216 CEB712 \
            CEB508! CEB510! CEB608! CEB702!
        sumNo text 18 · 汇总申请编号 · CEB702
        rkdNo text 18 · 入库单编号 · CEB712
        invtNo text 20 · 清单编号 · CEB622 CEB604 CEB624 CEB606 CEB626 CEB214
        returnStatus code 10 · 回执状态 · CEB622! CEB604! CEB624! CEB606! CEB626! CEB214 CEB216 \
            CEB312! CEB304! CEB412! CEB512! CEB506! CEB404! CEB514! CEB712! CEB508! CEB510! \
            CEB608! CEB702! CEB900!
        returnTime time · 回执时间 · CEB622! CEB604! CEB624! CEB606! CEB626! CEB214! CEB216! \
            CEB312! CEB304! CEB412! CEB512! CEB506! CEB404! CEB514! CEB712! CEB508! CEB510! \
            CEB608! CEB702! CEB900!
        oriCopMsgId text 255 · 原报文编号 · CEB900
        oriMessageType text 15 · 原报文类型 · CEB900
        oriBizMessage text buyer · 原业务报文 · CEB900
        returnInfo text 5000 buyer · 回执信息 · CEB622! CEB604 CEB624! CEB606 CEB626! CEB214 CEB216 \
            CEB312! CEB304 CEB412! CEB512! CEB506 CEB404 CEB514! CEB712! CEB508 CEB510 CEB608 \
            CEB702 CEB900
        codes texts · 校验代码 · returnInfo
        decidedOn date · 决定日期
        reason text 1000 buyer · 原因
        include documents
        include transport
        type 0x0105 order.accepted receipt 1 · 电子订单入库
        type 0x0106 order.rejected receipt 1 · 电子订单退单
        type 0x0205 payment.accepted receipt 1 · 支付凭证入库
        type 0x0206 payment.rejected receipt 1 · 支付凭证退单
        type 0x0305 waybill.accepted receipt 1 · 运单入库
        type 0x0306 waybill.rejected receipt 1 · 运单退单
        type 0x0405 proceeds.accepted receipt 1 · 收款单入库
        type 0x0406 proceeds.rejected receipt 1 · 收款单退单
        type 0x0605 declare.accepted receipt 1 · 清单入库
        type 0x0606 declare.rejected receipt 1 · 海关退单
        type 0x0607 declare.reviewing receipt 1 · 人工审核
        type 0x0608 declare.reviewed receipt 1 · 海关审结
        type 0x0609 declare.suspended receipt 1 · 挂起
        type 0x060A declare.resumed receipt 1 · 恢复
        type 0x060C declare.cancelled receipt 1 · 撤单通过
        type 0x060D declare.cancelRefused receipt 1 · 撤单不予通过
        type 0x060F declare.amendRefused receipt 1 · 改单不予通过
        type 0x0613 declare.summaryRejected receipt 1 · 汇总退单
        type 0x0904 return.accepted receipt 1 · 退货通过
        type 0x0905 return.refused receipt 1 · 退货不予通过
        type 0x1101 receipt.progress receipt 1 · 处理中回执
        type 0x1102 receipt.failed receipt 1 · 异常回执
        """
}
