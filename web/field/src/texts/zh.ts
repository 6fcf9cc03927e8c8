import type { Subject } from '../api/types'

const subjects: Record<Subject, string> = {
  FoodAndClothing: '吃穿', Education: '义务教育', Medical: '基本医疗', Housing: '住房安全', Water: '饮水安全', IncomeAndWork: '收入就业',
}

/** Everything the app says, as a cadre would say it. English has the same keys. */
export const zh = {
  app: '守望走访',
  common: {
    back: '返回', cancel: '取消', close: '关闭', ok: '知道了', save: '保存', done: '完成', yes: '是', no: '否', none: '无', more: '更多', call: '打电话', search: '查找',
    people: (n: number) => `${n}人`, households: (n: number) => `${n}户`, comma: '，', list: '、', retry: '再试一次', remove: '删除', offline: '没有信号', optional: '可不填',
  },
  signIn: {
    title: '登录', lead: '每部手机只登录一次，之后没有信号也能用。', user: '账号', password: '密码', code: '动态验证码', codeHint: '请输入验证器上的 6 位数字',
    phone: '这部手机叫什么', phoneHint: '如：张三的手机', go: '登录', busy: '正在登录……', needNet: '第一次登录需要信号。请到有信号的地方再试。',
    ended: '这部手机的授权已被取消，下载的资料已清除。没有上传的走访都还在，重新登录后会继续上传。',
    wiped: 'PIN 码连续输错 10 次，下载的资料已清除。没有上传的走访都还在。请重新登录。', kept: (n: number) => `这部手机上还有 ${n} 份资料等待上传，一份都不会丢。`,
    failed: '登录没有成功。',
  },
  pin: {
    make: '设置 PIN 码', makeLead: '6 位数字，离线打开时用。手机上的资料用它加密，请记牢。', again: '再输一次', differ: '两次不一样，请重新设置。', weak: '这个太好猜了，换一个。',
    enter: '输入 PIN 码', hello: (name: string) => `${name}，您好`, wrong: (left: number) => `PIN 码不对，还可以试 ${left} 次`, last: '再错一次，下载的资料就会清除（没有上传的走访不会丢）。',
    opening: '正在打开……', digit: (n: string) => `数字 ${n}`, erase: '退格', forgot: '忘记 PIN 码', forgotText: '忘记 PIN 码须重新登录，并设置新的 PIN 码。没有填完的表要用原来的 PIN 码才能打开。',
    entered: (n: number) => `已输入 ${n} 位`, old: '输入原来的 PIN 码', current: '输入现在的 PIN 码', new: '输入新的 PIN 码', changed: 'PIN 码已更换', notOld: '与原来的 PIN 码不符',
  },
  tabs: { today: '今天', map: '地图', queue: '待上传', settings: '我的' },
  today: {
    title: '今天要走访', byDue: '按期限', byWay: '按远近', all: '全部农户', due: '待走访', empty: '今天没有必须走访的户', emptyText: '想走访哪一户，可在“全部农户”里找。',
    noBundle: '还没有下载农户资料', noBundleText: '有信号时点“立即同步”，会自动下载。', none: '没有找到', search: '姓名、户号、住址', goOn: '没填完，接着填',
    late: (n: number) => `超期 ${n} 天`, dueToday: '今天到期', dueTomorrow: '明天到期', dueIn: (n: number) => `还有 ${n} 天`, noDue: '不限期',
    metres: (m: number) => m < 1000 ? `${Math.round(m / 10) * 10} 米` : `${(m / 1000).toFixed(1)} 公里`, visited: '已走访，待上传', more: (n: number) => `另有 ${n} 项`,
    report: '上报线索', whereAmI: '需要知道您在哪里，才能按远近排。位置只留在手机里。', noPlace: '没有取到位置',
  },
  household: {
    title: '农户', who: '家里有谁', open: '要办的事', last: '上次走访', never: '没有走访记录', by: (who: string) => `走访人：${who}`, plan: '帮扶计划', changed: '上次走访后的变化', noValue: '已清空', visit: '开始走访', goOn: '接着填走访表',
    report: '上报线索', gone: '这一户不在您的名单里了', goneText: '可能已经迁出、合并或改由他人负责。', due: (day: string) => `${day} 前`, age: (n: number) => `${n} 岁`, income: '人均纯收入', line: '监测线', year: '元/年',
    ask: (n: number) => `有 ${n} 项资料需要核对`, monitored: '监测对象', noOpen: '没有要办的事', address: '住址', phone: '电话',
  },
  visit: {
    title: '走访', todo: '要办的事', ask: '需要核对', askText: '规则缺少，或者时间久了的资料', missing: '没有资料', stale: (day: string) => `${day} 的资料`, unknown: '问不到', still: '仍属实', lacked: '规则缺少', held: (who: string) => `${who || '部门记录'}仍有效，规则先按它；您的回答一并保存。`, subjects: '六项情况', change: '改', set: '填写',
    nothingElse: '其他没有变化', nothingElseDone: '其他没有变化，已确认', undo: '撤销', confirmText: (n: number) => `确认 ${n} 项现有资料今天仍属实`, submit: '提交', subject: subjects,
    fine: '正常', problem: '有问题', doesNotApply: '不涉及', note: '什么问题', fixed: '现场怎样解决的', open: '展开', fold: '收起', items: (n: number) => `${n} 项资料`, changedCount: (n: number) => `改了 ${n} 项`,
    answers: {
      lead: { risk: '属实，有风险', no_risk: '没有风险', unclear: '还说不准' }, measure: { received: '已落实', partly: '部分落实', not_received: '没有落实' },
      task: { done: '办好了', not_done: '没办成' }, step: { done: '办好了', not_done: '没办成' }, doubt: { right: '资料正确', wrong: '资料有误', unclear: '问不清' },
    } as Record<string, Record<string, string>>,
    kind: { lead: '线索', task: '任务', measure: '措施', step: '程序', doubt: '存疑' } as Record<string, string>, explain: '说明一下', signsFor: '请农户在最后签字：签了就登记为已落实，不用再到电脑上填。',
    purpose: '走访目的', purposes: { Verification: '入户核实', Monthly: '日常走访', Screening: '集中排查', Elimination: '风险消除核查', FollowUp: '后续跟踪' },
    mode: '方式', modes: { AtHome: '入户', ByPhone: '电话' }, informant: '受访人', head: '户主在家', income: '收入测算', incomeText: '只改有变化的，自动合计', incomeSame: '与上年一样', incomeAgreed: '已核对', addItem: '加一项收入或支出', total: '全家纯收入', perHead: '人均', against: (line: string) => `监测线 ${line} 元`, above: '高于监测线', below: '低于监测线', cost: '支出', noIncome: '没有上年收支表', noLine: '本地没有录入监测线',
    rest: '照片、签字和其他', photo: '拍照', photoOf: (n: number) => `照片 ${n}`, sign: '农户签字', signAgain: '重签', signClear: '擦掉', signed: '已签字', place: '记录位置', placed: (m: number) => `已记录，误差约 ${m} 米`, placeNote: '只在您点这里时取一次位置。',
    needs: '群众诉求', card: '明白卡已上墙', yard: '庭院整洁', satisfied: '对帮扶是否满意', second: '另一位走访人', secondName: '姓名', secondUnit: '单位', self: '本人',
    full: '手机快满了，暂时不能拍照；走访照常保存。', photoFailed: '这张照片没能保存，请重拍。', saved: '已保存在手机里', notSaved: '手机存不下了！请不要关闭，先删除一些别的照片或视频。',
    lacks: {
      nothing: '先回答问题，或点“其他没有变化”。', second: '核实要两人以上到户：填写另一位走访人。', signature: '还没有农户签字。', income: '还没有核对收入测算。', subjects: '六项情况还没有看全。', home: '核实必须入户，不能打电话。', note: '有问题的要写明是什么问题。', form: '还有必填的问题没有答。', limits: '有填写的内容不符合要求，请核对。确实如此的，再点一次提交。',
    },
    addForm: '加一张表', removeForm: '不填这张表', required: '必填', toAnswer: (n: number) => `还有 ${n} 项`,
    lackMore: (n: number) => `（一共还差 ${n} 样）`, received: '走访已存好', receivedText: '已加密保存在手机里，有信号就自动上传。', sentSoon: '正在上传……', next: '回到今天', burden: (taps: number, typed: number) => `这次点了 ${taps} 下，手写 ${typed} 项`, remaining: (n: number) => `还有 ${n} 项要办的事没有回答，可以下次再问。`, discard: '不要这份草稿', discardText: '这份没提交的走访表会被删除，不能恢复。', discardDo: '删除草稿',
  },
  sign: {
    title: '共同签字', here: '在这里写姓名', there: '用自己的手机签', afterwards: '提交后出示二维码，请对方用自己的手机签字；没有信号也可以。',
    show: '请另一位调查人签字', showText: '请对方在自己手机的“共同签字”里扫这个码，没有信号也能签。', square: '签字二维码', orType: '扫不了就念给对方输入：', let: '让另一人签字',
    scan: '扫对方手机上的码', scanText: '对方提交核实走访后，屏幕上会有一个二维码。', camera: '打开相机', noCamera: '相机打不开，请用下面的签字码。', notACode: '这不是签字码。',
    type: '或者输入签字码', code: '12 位签字码', find: '查对', mistyped: '签字码不对：请看是不是选对了农户、有没有输错；一周以前的码不能用。', already: '这次走访您已经签过了。',
    waits: '等您签字', waitsFor: (who: string) => `${who}的核实走访，等您签字`, visitOf: (who: string, day: string) => `${who} ${day} 走访`,
    which: '您要签的这次走访', day: '走访日期', you: '签字人', hash: '内容校验', notYours: '不在您的名单里', notYoursText: '这一户不在您的名单里。签字会送到服务器，由乡镇核对。',
    words: '我当时在场，与另一位调查人一起入户核实了这一户的情况。', other: '不是这一次', sign: '签字', done: '签字已存好',
  },
  lead: {
    title: '上报线索', who: '哪一户', pick: '选择农户', about: '哪方面', what: '什么情况', whatHint: '看到、听到了什么', urgent: '情况紧急', submit: '上报', done: '线索已存好', lacks: '请选择哪方面，并写几句情况。', noHousehold: '请先选择农户。',
    subjects: { illness: '疾病', schooling: '就学', employment: '就业', housing: '住房', water: '饮水', disaster: '灾害', produce: '滞销', other: '其他' } as Record<string, string>,
  },
  check: {
    title: '村级台账自查', lead: '拿着村里的纸质台账，对照系统里的数据逐户看。', village: '村', same: '一致', differs: '不一致', note: '哪里不一致', submit: '提交自查', left: (n: number) => `还有 ${n} 户没看`, allSame: '其余都一致', done: '自查已存好', empty: '这本台账没有要对的户', today: '查看日期',
    tables: { people: '人口台账', monitored: '监测对象台账', housing: '住房台账', insurance: '医保台账' }, insured: (n: number, of: number) => `参保 ${n}/${of} 人`, grade: (g: string) => `房屋 ${g}`,
    fill: (drive: string) => `${drive}：村表`, fillLead: '填上或核对全村的数；没有信号也能填，连上后自动报到战役的村表里。', before: (by: string, on: string) => `${by} ${on} 填的，仍然如此就不用改`, atLeast: (n: number) => `应为不小于 ${n} 的数`, lacking: (n: number) => `还缺 ${n} 项`, submitFill: '提交村表',
  },
  queue: {
    title: '待上传', empty: '都上传完了', emptyText: '手机上没有等待上传的资料。', sync: '立即同步', syncing: '正在同步……', last: (when: string) => `上次同步：${when}`, never: '还没有同步过', drafts: '没填完的', sent: '已上传', waitingOnes: '等待上传', heldOnes: '需要处理',
    states: { waiting: '等待上传', sending: '正在上传', received: '已收到', applied: '已入库', held: '待处理' }, kinds: { visit: '走访', lead: '线索', selfcheck: '自查', signature: '签字' }, receipt: (h: string) => `回执 ${h}`, files: (have: number, all: number) => `照片 ${have}/${all}`,
    lockedDrafts: (n: number) => `有 ${n} 份没填完的表要用原来的 PIN 码打开`, unlockOld: '打开', recovered: (n: number) => `找回了 ${n} 份`, someone: '另一份资料', stays: '没收到回执之前，手机不会删除任何一份。', heldText: '服务器已收到，乡镇正在处理，不用重填。',
  },
  settings: {
    title: '我的', data: '资料', asOf: (day: string) => `资料截至 ${day}`, households: (n: number) => `${n} 户`, language: '语言', changePin: '更换 PIN 码', lock: '锁定', signOut: '退出登录', signOutText: '下载的资料会从这部手机上清除。没有上传的走访会留下，继续上传。', signOutDrafts: (n: number) => `有 ${n} 份表还没填完，退出后要用现在的 PIN 码才能找回。`, version: (v: string) => `版本 ${v}`, update: '新版本已备好，点此更换', storage: (used: string) => `已用空间 ${used}`, storageLow: '手机空间不足：已停止拍照，走访照常保存。请清理手机里别的照片和视频。', check: '村级台账自查', help: '位置只在您点的时候取；照片缩小后保存；姓名、电话等资料在手机上都是加密的。', unsentFirst: (n: number) => `还有 ${n} 份没有上传。它们会留在手机里，继续上传。`, text: '字号', bigger: '大字',
  },
  map: { title: '村庄草图', none: '没有坐标', noneText: '走访时点“记录位置”，下次就会显示在图上。', without: (n: number) => `${n} 户没有坐标`, me: '我在这里', metres: (n: number) => n >= 1000 ? `${n / 1000} 公里` : `${n} 米`, tap: '点图上的圆点看是哪一户', north: '北', late: '超期', soon: '待走访', other: '其他' },
  warn: { title: '规则测算', none: '按这次的资料，没有规则会预警。', new: '新预警', still: '仍预警', gone: '不再预警', note: '手机上的测算，以上传后系统的结果为准。' },
  sync: { signIn: '需要重新登录才能上传', stopped: '没连上，稍后自动再试', online: '有信号', offline: '没有信号，照常使用', done: '同步完成', refused: '服务器没有接受，请稍后再试' },
}

export type Texts = typeof zh
