import type { Texts } from './zh'

const s = (n: number) => n === 1 ? '' : 's'

export const en: Texts = {
  app: 'Shouwang visits',
  common: {
    back: 'Back', cancel: 'Cancel', close: 'Close', ok: 'OK', save: 'Save', done: 'Done', yes: 'Yes', no: 'No', none: 'none', more: 'More', call: 'Call', search: 'Search',
    people: n => `${n} ${n === 1 ? 'person' : 'people'}`, households: n => `${n} household${s(n)}`, comma: ', ', list: ', ', retry: 'Try again', remove: 'Remove', offline: 'No signal', optional: 'optional',
  },
  signIn: {
    title: 'Sign in', lead: 'Once on each phone; afterwards it works without a signal.', user: 'Account', password: 'Password', code: 'One-time code', codeHint: 'The 6 digits of your authenticator',
    phone: 'A name for this phone', phoneHint: 'such as: Zhang’s phone', go: 'Sign in', busy: 'Signing in…', needNet: 'The first sign-in needs a signal. Try again where there is one.',
    ended: 'This phone’s access was ended and its downloads were removed. Visits that were not sent are all still here and will be sent after you sign in.',
    wiped: 'The PIN was wrong ten times; the downloads were removed. Visits that were not sent are all still here. Sign in again.', kept: n => `${n} item${s(n)} on this phone wait${n === 1 ? 's' : ''} to be sent; none will be lost.`,
    failed: 'The sign-in failed.',
  },
  pin: {
    make: 'Choose a PIN', makeLead: 'Six digits to open the app offline. The data on this phone are encrypted with it; remember it well.', again: 'Once more', differ: 'They differ. Choose again.', weak: 'Too easy to guess. Choose another.',
    enter: 'Enter your PIN', hello: name => `Hello, ${name}`, wrong: left => `Wrong PIN, ${left} more attempt${s(left)}`, last: 'Once more and the downloads are removed (unsent visits are never lost).',
    opening: 'Opening…', digit: n => `Digit ${n}`, erase: 'Erase', forgot: 'Forgot the PIN', forgotText: 'You will sign in again and choose a new PIN. Unfinished forms open only with the old PIN.',
    entered: n => `${n} digit${s(n)} entered`, old: 'Enter the earlier PIN', current: 'Enter the present PIN', new: 'Enter a new PIN', changed: 'The PIN is changed', notOld: 'That is not the earlier PIN',
  },
  tabs: { today: 'Today', map: 'Map', queue: 'To send', settings: 'Me' },
  today: {
    title: 'To visit today', byDue: 'By deadline', byWay: 'Nearest', all: 'All households', due: 'To visit', empty: 'No visit is due', emptyText: 'Anybody you would like to visit is under “All households”.',
    noBundle: 'No households downloaded yet', noBundleText: 'Tap “Sync now” where there is a signal.', none: 'Nothing found', search: 'Name, number, address', goOn: 'Unfinished, go on',
    late: n => `${n} day${s(n)} late`, dueToday: 'due today', dueTomorrow: 'due tomorrow', dueIn: n => `in ${n} days`, noDue: 'no deadline',
    metres: m => m < 1000 ? `${Math.round(m / 10) * 10} m` : `${(m / 1000).toFixed(1)} km`, visited: 'visited, to be sent', more: n => `${n} more`,
    report: 'Report a lead', whereAmI: 'To sort by distance the app has to know where you are. The place stays on the phone.', noPlace: 'Your place could not be found',
  },
  household: {
    title: 'Household', who: 'Who lives here', open: 'To be done', last: 'Last visit', never: 'Never visited', by: who => `by ${who}`, plan: 'Plan', changed: 'Changed since the last visit', noValue: 'taken back', visit: 'Begin the visit', goOn: 'Go on with the visit',
    report: 'Report a lead', gone: 'This household is no longer on your list', goneText: 'It may have moved, been merged, or be in other hands.', due: day => `by ${day}`, age: n => `${n} years`, income: 'Net income a head', line: 'monitoring line', year: 'yuan a year',
    ask: n => `${n} fact${s(n)} to be checked`, monitored: 'monitored', noOpen: 'Nothing to be done', address: 'Address', phone: 'Phone',
  },
  visit: {
    title: 'Visit', todo: 'To be done', ask: 'To be checked', askText: 'Facts that rules lack, or that have aged', missing: 'not known', stale: day => `as of ${day}`, unknown: 'cannot tell', still: 'Still so', lacked: 'a rule lacks it', held: who => `${who || 'The department’s record'} still counts for the rules; your answer is kept beside it.`, subjects: 'Six subjects', change: 'Change', set: 'Fill in',
    nothingElse: 'Nothing else has changed', nothingElseDone: 'Nothing else has changed', undo: 'Undo', confirmText: n => `Confirms ${n} known fact${s(n)} as of today`, submit: 'Hand in',
    subject: { FoodAndClothing: 'Food and clothing', Education: 'Schooling', Medical: 'Medical care', Housing: 'Safe housing', Water: 'Safe water', IncomeAndWork: 'Income and work' },
    fine: 'Fine', problem: 'A problem', doesNotApply: 'Does not apply', note: 'What is the problem', fixed: 'How it was solved on the spot', open: 'Unfold', fold: 'Fold', items: n => `${n} fact${s(n)}`, changedCount: n => `${n} changed`,
    answers: {
      lead: { risk: 'True, at risk', no_risk: 'No risk', unclear: 'Cannot tell yet' }, measure: { received: 'In place', partly: 'In part', not_received: 'Not in place' },
      task: { done: 'Done', not_done: 'Not done' }, step: { done: 'Done', not_done: 'Not done' }, doubt: { right: 'It is right', wrong: 'It is wrong', unclear: 'Cannot tell' },
    },
    kind: { lead: 'Lead', task: 'Task', measure: 'Measure', step: 'Step', doubt: 'Doubt' }, explain: 'Say more', signsFor: 'Have the household sign at the end: the delivery is recorded then, and nobody types it again.',
    purpose: 'Purpose', purposes: { Verification: 'Verification', Monthly: 'Regular visit', Screening: 'Screening', Elimination: 'Elimination check', FollowUp: 'Follow-up' },
    mode: 'How', modes: { AtHome: 'At the house', ByPhone: 'By phone' }, informant: 'Spoken to', head: 'The head is at home', income: 'Income sheet', incomeText: 'Change only what differs; it adds up by itself', incomeSame: 'As last year', incomeAgreed: 'Checked', addItem: 'Add an item', total: 'Net income of the household', perHead: 'A head', against: line => `line ${line} yuan`, above: 'above the line', below: 'below the line', cost: 'cost', noIncome: 'No sheet of last year', noLine: 'No line entered for this area',
    rest: 'Photos, signature and more', photo: 'Take a photo', photoOf: n => `Photo ${n}`, sign: 'Household’s signature', signAgain: 'Sign again', signClear: 'Clear', signed: 'Signed', place: 'Note the place', placed: m => `Noted, within about ${m} m`, placeNote: 'The place is taken once, when you tap here.',
    needs: 'What the household asks for', card: 'Card on the wall', yard: 'Yard is clean', satisfied: 'Satisfied with the help?', second: 'Second visitor', secondName: 'Name', secondUnit: 'Unit', self: 'yourself',
    full: 'The phone is nearly full: no photos for now; visits are still saved.', photoFailed: 'This photo could not be kept; take it again.', saved: 'Saved on the phone', notSaved: 'The phone is full! Keep this open and remove some other photos or videos first.',
    lacks: {
      nothing: 'Answer something, or tap “Nothing else has changed”.', second: 'A verification takes two people: name the second visitor.', signature: 'The household has not signed.', income: 'The income sheet has not been checked.', subjects: 'Not all six subjects have been looked at.', home: 'A verification cannot be done by phone.', note: 'Say what the problem is.', form: 'A question of a form has no answer yet.', limits: 'Something cannot be right; please check it. If it is really so, hand in again.',
    },
    addForm: 'Add a form', removeForm: 'Leave this form out', required: 'needed', toAnswer: n => `${n} to answer`,
    lackMore: n => `(${n} things in all)`, received: 'The visit is kept', receivedText: 'Encrypted on the phone; it is sent as soon as there is a signal.', sentSoon: 'Sending…', next: 'Back to today', burden: (taps, typed) => `${taps} tap${s(taps)} and ${typed} typed field${s(typed)} this time`, remaining: n => `${n} open point${s(n)} left unanswered; ask next time.`, discard: 'Discard this draft', discardText: 'This unsent visit will be deleted for good.', discardDo: 'Delete',
  },
  sign: {
    title: 'Sign together', here: 'Write the name here', there: 'Signs on their own phone', afterwards: 'After handing in you show a code, and the other one signs on their own phone, also without a signal.',
    show: 'Let the other investigator sign', showText: 'They scan this under “Sign together” on their own phone; no signal is needed.', square: 'Code to be signed', orType: 'Or read this out to be typed:', let: 'Let the other one sign',
    scan: 'Scan the other phone', scanText: 'It shows a square code once the verification has been handed in.', camera: 'Open the camera', noCamera: 'The camera cannot be opened; use the letters below.', notACode: 'This is not a code to be signed.',
    type: 'Or type the letters', code: 'The 12 letters', find: 'Look it up', mistyped: 'The letters do not fit: is it the right household, and is nothing mistyped? After a week they count no more.', already: 'You have signed this visit.',
    waits: 'Waits for your signature', waitsFor: who => `${who}’s verification waits for your signature`, visitOf: (who, day) => `visited by ${who} on ${day}`,
    which: 'The visit you are about to sign', day: 'Day', you: 'Signed by', hash: 'Content', notYours: 'not on your list', notYoursText: 'This household is not on your list. The township will look at the signature.',
    words: 'I was there and verified with the other investigator how this household lives.', other: 'Not this one', sign: 'Sign', done: 'The signature is kept',
  },
  lead: {
    title: 'Report a lead', who: 'Household', pick: 'Choose a household', about: 'About', what: 'What is the matter', whatHint: 'What you saw or heard', urgent: 'Urgent', submit: 'Report', done: 'The lead is kept', lacks: 'Choose what it is about and write a few words.', noHousehold: 'Choose a household first.',
    subjects: { illness: 'Illness', schooling: 'Schooling', employment: 'Work', housing: 'Housing', water: 'Water', disaster: 'Disaster', produce: 'Unsold produce', other: 'Other' },
  },
  check: {
    title: 'Self-check of village tables', lead: 'Take the village’s paper tables and compare them with the register, household by household.', village: 'Village', same: 'Same', differs: 'Differs', note: 'What differs', submit: 'Hand in', left: n => `${n} household${s(n)} left`, allSame: 'The others are the same', done: 'The self-check is kept', empty: 'Nothing to compare in this table', today: 'Date',
    tables: { people: 'People', monitored: 'Monitored households', housing: 'Housing', insurance: 'Medical insurance' }, insured: (n, of) => `${n} of ${of} insured`, grade: g => `House ${g}`,
    fill: drive => `${drive}: village table`, fillLead: 'Fill in or check the figures of the village, also without a signal; they go into the drive’s village table once there is one.', before: (by, on) => `by ${by} on ${on}; leave it where it is still so`, atLeast: n => `A number, ${n} or more`, lacking: n => `${n} value${s(n)} missing`, submitFill: 'Hand in the table',
  },
  queue: {
    title: 'To send', empty: 'Everything is sent', emptyText: 'Nothing on this phone waits to be sent.', sync: 'Sync now', syncing: 'Syncing…', last: when => `Last sync: ${when}`, never: 'Never synced', drafts: 'Unfinished', sent: 'Sent', waitingOnes: 'Waiting', heldOnes: 'Need attention',
    states: { waiting: 'Waiting', sending: 'Sending', received: 'Received', applied: 'Applied', held: 'Held' }, kinds: { visit: 'Visit', lead: 'Lead', selfcheck: 'Self-check', signature: 'Signature' }, receipt: h => `Receipt ${h}`, files: (have, all) => `photos ${have}/${all}`,
    lockedDrafts: n => `${n} unfinished form${s(n)} need the earlier PIN`, unlockOld: 'Open', recovered: n => `${n} recovered`, someone: 'Another item', stays: 'Nothing is deleted before its receipt has come.', heldText: 'The server has it and the township is looking at it; no need to fill it in again.',
  },
  settings: {
    title: 'Me', data: 'Data', asOf: day => `as of ${day}`, households: n => `${n} household${s(n)}`, language: 'Language', changePin: 'Change the PIN', lock: 'Lock', signOut: 'Sign out', signOutText: 'The downloads are removed from this phone. Unsent visits stay and are sent.', signOutDrafts: n => `${n} form${s(n)} unfinished; the present PIN will be needed to recover them.`, version: v => `Version ${v}`, update: 'A new version is ready; tap to use it', storage: used => `${used} used`, storageLow: 'The phone is nearly full: photos have stopped, visits are still saved. Remove some other photos or videos.', check: 'Self-check of village tables', help: 'Your place is taken only when you tap for it; photos are made small; names and phones are encrypted on this phone.', unsentFirst: n => `${n} item${s(n)} not sent yet. They stay on the phone and are sent.`, text: 'Text size', bigger: 'Large text',
  },
  map: { title: 'Sketch of the village', none: 'No coordinates', noneText: 'Tap “Note the place” at a visit, and the house appears here.', without: n => `${n} without coordinates`, me: 'I am here', metres: n => n >= 1000 ? `${n / 1000} km` : `${n} m`, tap: 'Tap a dot to see whose house it is', north: 'N', late: 'late', soon: 'to visit', other: 'others' },
  warn: { title: 'What the rules say', none: 'With these facts no rule would warn.', new: 'new', still: 'as before', gone: 'no longer', note: 'Worked out on the phone; what the server finds counts.' },
  sync: { signIn: 'Sign in again to send', stopped: 'No connection; it tries again by itself', online: 'Connected', offline: 'No signal; everything works', done: 'Synced', refused: 'The server did not accept it; try later' },
}
