// A made-up village for tests and pictures: rules of numbers, no real people.
const text = (zh, en) => ({ zh, en })
const field = (name, zh, en, type, more = {}) => ({ name, title: text(zh, en), type, ...more })
const list = (zh, en, ...items) => ({ title: text(zh, en), items: items.map(([code, z, e]) => ({ code, title: text(z, e) })) })

export const policy = {
  forms: [
    { code: 'living', form: 'visit', title: text('两不愁', 'food and clothing'), fields: [field('visit.food', '不愁吃', 'enough to eat', 'bool'), field('visit.protein', '有肉蛋奶豆', 'meat, eggs, milk or beans', 'bool'), field('visit.clothing', '四季衣被', 'clothes for all seasons', 'bool')] },
    { code: 'school', form: 'visit', title: text('义务教育', 'compulsory education'), fields: [field('member.student', '在校生状况', 'student state', 'code', { codes: 'student_state', perMember: true })] },
    { code: 'medical', form: 'visit', title: text('基本医疗', 'medical care'), fields: [field('member.ins_res', '居民医保', 'resident insurance', 'bool', { perMember: true }), field('member.health', '健康状况', 'health', 'codes', { codes: 'health', perMember: true })] },
    { code: 'house', form: 'visit', title: text('住房安全', 'safe housing'), fields: [field('household.grade', '房屋等级', 'grade of the house', 'code', { codes: 'house_grade' }), field('visit.house_remark', '住房说明', 'note on the house', 'text')] },
    { code: 'water', form: 'visit', title: text('饮水安全', 'safe water'), fields: [field('visit.water_quantity', '水量够用', 'enough water', 'bool'), field('visit.water_quality', '水质良好', 'good quality', 'bool')] },
    { code: 'livelihood', form: 'visit', title: text('收入就业', 'income and work'), fields: [field('visit.income_estimate', '年收入估算（元）', 'estimated income', 'money'), field('member.work_place', '务工所在地', 'place of work', 'text', { perMember: true }), field('member.work_months', '务工时间（月）', 'months worked', 'int', { perMember: true })] },
    {
      code: 'unsold', form: 'five_visits', title: text('访农产品积压', 'unsold produce'), fields: [
        field('five_visits.unsold', '有农产品卖不出去', 'has unsold produce', 'bool', { required: true }),
        field('five_visits.unsold_kg', '数量（公斤）', 'how much (kg)', 'decimal', {
          visible: { type: 'bool', unit: 'None', symbols: [['five_visits.unsold', 'bool', 'None']], tree: ['&&', 2, 'has', 0, 0] },
          valid: { when: { type: 'bool', unit: 'None', symbols: [['five_visits.unsold_kg', 'decimal', 'None']], tree: ['>', 0, 'int', '0'] }, message: text('数量应大于 0。', 'The amount is above zero.') },
        })],
    },
    { code: 'identity', form: 'file', title: text('基本信息', 'identity'), fields: [field('household.phone', '户联系电话', 'phone', 'phone')] },
  ],
  visitForms: [{ code: 'five_visits', title: text('五访五帮', 'five visits') }],
  codes: {
    student_state: list('在校生状况', 'student state', ['preschool', '学龄前', 'before school'], ['primary', '小学', 'primary'], ['junior', '初中', 'junior secondary'], ['senior', '高中', 'senior secondary'], ['none', '非在校', 'not at school']),
    health: list('健康状况', 'health', ['well', '健康', 'well'], ['chronic', '长期慢性病', 'chronic illness'], ['severe', '患大病', 'severe illness'], ['disabled', '残疾', 'disabled']),
    house_grade: list('房屋等级', 'grade of the house', ['A', 'A级', 'grade A'], ['B', 'B级', 'grade B'], ['C', 'C级', 'grade C'], ['D', 'D级', 'grade D']),
    relation: list('与户主关系', 'relation', ['01', '户主', 'head'], ['02', '配偶', 'spouse'], ['03', '之子', 'son'], ['08', '之孙女', 'granddaughter']),
    monitoring_category: list('监测对象类别', 'monitoring category', ['1', '脱贫不稳定户', 'unstable'], ['2', '边缘易致贫户', 'on the edge'], ['3', '突发严重困难户', 'sudden hardship']),
    registry_status: list('脱贫属性', 'registry status', ['Lifted', '脱贫', 'lifted'], ['Ordinary', '一般农户', 'ordinary']),
  },
  rules: [{
    id: 'W01', title: text('人均纯收入低于监测线', 'income below the line'), constants: { 'line.monitoring': '6000' },
    when: { type: 'bool', unit: 'None', symbols: [['income.net_per_capita', 'decimal', 'YuanPerHead', '人均纯收入', 'net income per head'], ['line.monitoring', 'decimal', 'YuanPerHead', '监测线', 'monitoring line']], tree: ['< YuanPerHead', 0, 1], zh: ['人均纯收入', 0, ' 低于 监测线', 1], en: ['net income per head', 0, ' < monitoring line', 1] },
  }],
  lines: { poverty: 400000, monitoring: 600000 },
}

const families = ['张', '王', '李', '赵', '陈', '刘', '杨', '黄', '周', '吴'], given = ['大山', '桂英', '长河', '秀兰', '建国', '玉梅', '天明', '春花', '德福', '明珍']
const groups = ['一组', '二组', '三组', '四组']
const id = (kind, n) => `0190${kind}000-0000-7000-8000-${String(n).padStart(12, '0')}`
const shift = (day, by) => new Date(Date.parse(day) + by * 86400000).toISOString().slice(0, 10)

const Open = [
  n => ({ kind: 'lead', title: text('新增线索：自付医疗费偏高', 'New lead: high medical costs'), why: text('近 12 个月自付 12,400 元，占家庭总收入 46%。', 'Paid 12,400 yuan in 12 months, 46% of the income.'), due: -2 + n % 4 }),
  n => ({ kind: 'measure', title: text('确认措施：公益岗位', 'Confirm the measure: public post'), why: text('7 月起应到岗，岗位补贴每月 800 元。', 'Due to begin in July with 800 yuan a month.'), due: 3 + n % 5 }),
  () => ({ kind: 'task', title: text('本月走访', 'This month’s visit'), why: text('监测户每月至少走访一次，上次走访已过 31 天。', 'A monitored household is visited monthly; the last visit was 31 days ago.'), due: 1 }),
  () => ({ kind: 'doubt', title: text('存疑：两处电话不一致', 'Doubt: two phone numbers'), why: text('户表与社保登记的电话不同。', 'The register and social security differ.'), due: null }),
]

/** A household by its number; every fifth has a lead, every third is monitored. */
export function household(n, today = new Date().toISOString().slice(0, 10)) {
  const head = families[n % 10] + given[Math.floor(n / 10 + n) % 10], hid = id('a', n)
  const people = [['01', head, 1962 + n % 15], ['02', families[(n + 3) % 10] + given[(n + 5) % 10], 1964 + n % 14], ['03', head[0] + '小' + given[n % 10][1], 1992 + n % 8], ['08', head[0] + '小' + '雨雪晴月'[n % 4], 2012 + n % 8]].slice(0, 2 + n % 3)
  const members = people.map(([relation, name, year], i) => ({ id: id('b', n * 10 + i), code: `${n}${i + 1}`, name, relation, birth: `${year}-0${1 + n % 9}-1${i}` }))
  const values = { 'household.grade': { v: 'AABBC'[n % 5], on: shift(today, -200), src: 'housing' }, 'household.phone': { v: '138****' + String(1000 + n), on: shift(today, -300), src: 'register' } }
  members.forEach((m, i) => {
    values[`member.${m.id}.ins_res`] = { v: i !== 1 || n % 7 !== 0, on: shift(today, -100), src: 'medical_insurance' }
    values[`member.${m.id}.health`] = { v: i === 0 && n % 4 === 0 ? ['chronic'] : ['well'], on: shift(today, -150), src: 'register' }
    if (i === 2) {
      values[`member.${m.id}.work_place`] = { v: ['广东东莞', '重庆主城', '本县'][n % 3], on: shift(today, -420), src: 'hr' }
      values[`member.${m.id}.work_months`] = { v: 6 + n % 6, on: shift(today, -420), src: 'hr' }
    }
    if (i === 3)
      values[`member.${m.id}.student`] = { v: 'primary', on: shift(today, -90), src: 'education' }
  })
  const kinds = n % 5 === 0 ? [0, 3] : n % 5 === 1 ? [1, 2] : n % 5 === 2 ? [2] : []
  const open = kinds.map((k, i) => { const o = Open[k](n); return { ...o, id: id('c', n * 10 + i), due: o.due === null ? null : shift(today, o.due) } })
  const third = members[2], monitored = n % 3 !== 0 || n % 5 === 2
  return {
    id: hid, code: String(500231103205000 + n), head, area: '500231103205', group: groups[n % 4], address: `鹤游镇石坝村${groups[n % 4]} ${n % 60 + 1} 号`,
    lat: 30.231 + ((n * 37) % 101 - 50) / 5200 + (n % 4) * .004, lng: 107.412 + ((n * 53) % 97 - 48) / 4600 - (n % 3) * .005, phone: '138****' + String(1000 + n), status: n % 2 ? 'Lifted' : 'Ordinary', monCat: monitored ? String(1 + n % 3) : null,
    size: members.length, members, values, open, missing: n % 5 === 0 ? [`member.${members[1].id}.student`] : [], stale: third ? [`member.${third.id}.work_months`, `member.${third.id}.work_place`] : [],
    features: { 'income.net_per_capita': n % 2 ? 5400 : 9300 }, lastVisit: { on: shift(today, -31 - n % 20), by: '周桂英', purpose: 'Monthly' }, plan: monitored ? [{ title: text('雨露计划', 'schooling grant'), state: text('有成效', 'effective'), due: shift(today, -60), done: true }, { title: text('公益岗位：护林员', 'public post: forest guard'), state: text('实施中', 'in progress'), due: shift(today, n % 2 ? 40 : -4) }] : [],
    changed: n % 4 === 0 ? [{ on: shift(today, -9), title: text('房屋等级', 'grade of the house'), was: text('A级', 'grade A'), now: text('C级', 'grade C'), src: text('住建数据', 'housing') }, { on: shift(today, -12), title: text('居民医保', 'resident insurance'), member: members[1].id, was: text('是', 'yes'), now: text('否', 'no'), src: text('医保数据', 'medical insurance') }] : [],
    income: { items: [['A1', '务工收入', 'work', 18000 + n * 100], ['B1', '种植业', 'crops', 6200], ['B2', '养殖业', 'animals', 3000], ['D2', '低保金', 'allowance', 0], ['D4', '养老金', 'pension', 2880], ['E1', '种植业支出', 'costs of crops', 1900]].map(([code, zh, en, yuan]) => ({ code, zh, en, last: yuan * 100 })), perHead: Math.round((28180 + n * 100) * 100 / members.length), line: 600000 },
  }
}

export const village = (count, today) => Array.from({ length: count }, (_, n) => household(n, today))
