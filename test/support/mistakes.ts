/** One typical mistake in a config: the text that has it, and what is said of it. */
export interface Mistake {
  /** What the author did. */
  name: string
  /** The file; `⟪` and `⟫` stand around what is wrong, and are taken out. */
  marked: string
  /** Where, as a path in the config. */
  path: string
  /** What is said, whole or in part. */
  words: string
  kind: 'problem' | 'warning' | 'note'
}

const webhook = '{ "id": "crm", "url": "https://hooks.example.com/lead" }'
const ask = '{ "id": "ask", "type": "modal", "fields": [{ "name": "role", "type": "text" }] }'
const done = '{ "id": "done", "type": "modal", "title": "Done" }'

/** A config with this webhook. */
function withWebhook(entries: string): string {
  return `{\n  "webhooks": [\n    { "id": "crm", "url": "https://hooks.example.com/lead",\n      ${entries} }\n  ]\n}`
}

/** A config with this tour, started by itself. */
function withTour(entries: string): string {
  return `{\n  "webhooks": [${webhook}],\n  "tours": [\n    { "id": "welcome", "start": {},\n      ${entries} }\n  ]\n}`
}

function withSteps(...steps: string[]): string {
  return withTour(`"steps": [\n        ${steps.join(',\n        ')}\n      ]`)
}

function sending(data: string): string {
  return withSteps(
    ask,
    `{ "id": "send", "type": "trigger", "trigger": { "type": "webhook", "webhook": "crm",\n          "data": ${data} } }`,
    done,
  )
}

const send = 'tours[0].steps[1].trigger'

const table: [name: string, marked: string, kind: Mistake['kind'], path: string, words: string][] = [
  // The text itself.
  ['a comma too many', '{\n  "tours": [],\n⟪}⟫', 'problem', '', 'the comma before it is one too many'],
  [
    'a comma forgotten',
    '{\n  "tours": []\n  ⟪"banners": []⟫\n}',
    'problem',
    '',
    'a comma is missing before this',
  ],
  ['a comment', '{\n  ⟪// mine⟫\n  "tours": []\n}', 'problem', '', 'JSON has no comments'],
  ['single quotes', '{\n  "tours": [{ "id": ⟪\'a\'⟫ }]\n}', 'problem', '', 'straight double quotes'],
  ['curly quotes', '{\n  "tours": [{ "id": ⟪“a”⟫ }]\n}', 'problem', '', 'straight double quotes'],
  ['a name without quotes', '{\n  ⟪tours⟫: []\n}', 'problem', '', 'a name needs straight double quotes'],
  ['a text without its end', '{\n  "tours": [{ "id": ⟪"a }]⟫\n}', 'problem', '', 'no double quote at its end'],
  ['a bracket forgotten', '{\n  "tours": [{ "id": "a" }⟪}⟫', 'problem', '', 'expected ], got }'],
  ['the end cut off', '{\n  "tours": [\n    { "id": "a" }⟪⟫', 'problem', '', 'the [ in line 2 has no ]'],
  [
    'a name twice',
    withWebhook('"method": "POST", "method": ⟪"GET"⟫'),
    'warning',
    'webhooks[0].method',
    'stands here twice',
  ],
  // Keys and values.
  [
    'a key misspelt',
    withWebhook('"metod": ⟪"GET"⟫'),
    'problem',
    'webhooks[0]',
    'unknown key "metod"; did you mean "method"?',
  ],
  [
    'a part misspelt',
    '{\n  "webhook": ⟪[]⟫\n}',
    'problem',
    '',
    'unknown key "webhook"; did you mean "webhooks"?',
  ],
  [
    'an unknown step type',
    withSteps('{ "type": ⟪"modl"⟫ }'),
    'problem',
    'tours[0].steps[0].type',
    'got "modl"; did you mean "modal"?',
  ],
  [
    'an unknown field type',
    withSteps('{ "type": "modal", "fields": [{ "name": "a", "type": ⟪"dropdown"⟫ }] }'),
    'problem',
    'tours[0].steps[0].fields[0].type',
    'expected one of "text"',
  ],
  [
    'a choice without options',
    withSteps('{ "type": "modal", "fields": [⟪{ "name": "a", "type": "select" }⟫] }'),
    'problem',
    'tours[0].steps[0].fields[0].options',
    'is missing',
  ],
  [
    'an unknown occasion',
    withTour('"triggers": [{ "on": ⟪"complete"⟫, "trigger": { "type": "webhook", "webhook": "crm" } }]'),
    'problem',
    'tours[0].triggers[0].on',
    'did you mean "completed"?',
  ],
  [
    'a text for a switch',
    withTour('"start": { "once": ⟪"yes"⟫ }').replace('"start": {},\n', ''),
    'problem',
    'tours[0].start.once',
    'expected true or false, got "yes"',
  ],
  ['no id', '{\n  "tours": [⟪{ "name": "Welcome" }⟫]\n}', 'problem', 'tours[0].id', 'is missing'],
  [
    'an id twice',
    `{\n  "webhooks": [${webhook},\n    { "id": ⟪"crm"⟫, "url": "https://b.example.com" }]\n}`,
    'problem',
    'webhooks[1].id',
    '"crm" is given twice',
  ],
  // Addresses and secrets.
  [
    'http',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"http://hooks.example.com/lead"⟫ }]\n}',
    'problem',
    'webhooks[0].url',
    'expected https',
  ],
  [
    'no protocol',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"hooks.example.com/lead"⟫ }]\n}',
    'problem',
    'webhooks[0].url',
    'begins with https://',
  ],
  [
    'a password in the address',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"https://u:p@hooks.example.com"⟫ }]\n}',
    'problem',
    'webhooks[0].url',
    '"auth"',
  ],
  [
    'a private address',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"https://192.168.1.5/in"⟫ }]\n}',
    'warning',
    'webhooks[0].url',
    '--allow-network 192.168.0.0/16',
  ],
  [
    'this machine',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"http://localhost:9090/in"⟫ }]\n}',
    'warning',
    'webhooks[0].url',
    '--allow-network 127.0.0.0/8',
  ],
  [
    'a placeholder of an example',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"https://hooks.zapier.com/hooks/catch/YOUR_ID"⟫ }]\n}',
    'warning',
    'webhooks[0].url',
    'put your own value',
  ],
  [
    'a made-up secret',
    withWebhook('"events": ["tour_completed"], "secret": ⟪"mysecret"⟫'),
    'problem',
    'webhooks[0].secret',
    'npx tourhook secret',
  ],
  [
    'a secret with GET',
    withWebhook('"method": "GET", "secret": ⟪"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"⟫'),
    'warning',
    'webhooks[0].secret',
    'signs the query of a GET',
  ],
  [
    'headers with a simple request',
    withWebhook('"transport": ⟪"simple"⟫, "headers": { "X-Team": "growth" }'),
    'problem',
    'webhooks[0].transport',
    'use "cors" or "relay"',
  ],
  [
    'a header that no page may set',
    withWebhook('"headers": { "Cookie": ⟪"a=b"⟫ }'),
    'problem',
    'webhooks[0].headers.Cookie',
    'may not set',
  ],
  // References.
  [
    'a trigger to no webhook',
    withTour('"triggers": [{ "on": "closed", "trigger": { "type": "webhook", "webhook": ⟪"crn"⟫ } }]'),
    'problem',
    'tours[0].triggers[0].trigger.webhook',
    'did you mean "crm"?',
  ],
  [
    'a trigger at no step',
    withSteps(done).replace(
      '\n      ]',
      '\n      ],\n      "triggers": [{ "on": "step", "step": ⟪"doen"⟫, "trigger": { "type": "webhook", "webhook": "crm" } }]',
    ),
    'problem',
    'tours[0].triggers[0].step',
    'no step has the id "doen"; did you mean "done"?',
  ],
  [
    'a button to no step',
    withSteps('{ "type": "modal", "content": ⟪"Or [go](step:doen)"⟫ }', done),
    'problem',
    'tours[0].steps[0].content',
    'no step has the id "doen"; did you mean "done"?',
  ],
  [
    'an item of no tour',
    '{\n  "tours": [{ "id": "welcome" }],\n  "checklists": [{ "id": "list", "items": [{ "id": "a", "tour": ⟪"welcom"⟫ }] }]\n}',
    'problem',
    'checklists[0].items[0].tour',
    'did you mean "welcome"?',
  ],
  [
    'contents that are none',
    '{\n  "webhooks": [{ "id": "crm", "url": "https://hooks.example.com", "events": ["tour_completed"],\n    "contents": [⟪"welcom"⟫] }],\n  "tours": [{ "id": "welcome" }]\n}',
    'warning',
    'webhooks[0].contents[0]',
    'did you mean "welcome"?',
  ],
  [
    'contents without events',
    withWebhook('"contents": ⟪["welcome"]⟫'),
    'warning',
    'webhooks[0].contents',
    'without "events"',
  ],
  [
    'an event that nothing causes',
    '{\n  "webhooks": [{ "id": "crm", "url": "https://hooks.example.com", "events": [⟪"banner_seen"⟫] }],\n  "tours": [{ "id": "welcome" }]\n}',
    'warning',
    'webhooks[0].events[0]',
    'the config has no banners',
  ],
  [
    'an event misspelt',
    withWebhook('"events": [⟪"tour_complete"⟫]'),
    'problem',
    'webhooks[0].events[0]',
    'did you mean "tour_completed"?',
  ],
  [
    'a segment of no tour',
    '{\n  "tours": [{ "id": "welcome" }],\n  "segments": [{ "id": "pros", "completed": [⟪"welcom"⟫] }]\n}',
    'warning',
    'segments[0].completed[0]',
    'did you mean "welcome"?',
  ],
  // What will be missing.
  [
    'an answer to no question',
    sending('{ "role": { "answer": ⟪"roel"⟫ } }'),
    'warning',
    `${send}.data.role.answer`,
    'no field of this tour has the name "roel"; did you mean "role"?',
  ],
  [
    'an answer before its question',
    withSteps(
      '{ "type": "trigger", "trigger": { "type": "webhook", "webhook": "crm", "data": { "role": { "answer": ⟪"role"⟫ } } } }',
      ask,
    ),
    'warning',
    'tours[0].steps[0].trigger.data.role.answer',
    'is asked in step 2, after this step 1',
  ],
  [
    'an answer when the tour starts',
    withSteps(ask).replace(
      '\n      ]',
      '\n      ],\n      "triggers": [{ "on": "started", "trigger": { "type": "webhook", "webhook": "crm",\n        "data": { "role": { "answer": ⟪"role"⟫ } } } }]',
    ),
    'warning',
    'tours[0].triggers[0].trigger.data.role.answer',
    'no value yet when the tour starts',
  ],
  [
    'an answer of no question in a text',
    withSteps(ask, '{ "type": "modal", "content": ⟪"So you are a {answer.roel}."⟫ }'),
    'warning',
    'tours[0].steps[1].content',
    '{answer.roel}: no field of this tour has the name "roel"; did you mean "role"?',
  ],
  [
    'a plain placeholder misspelt',
    withSteps(ask, '{ "type": "modal", "content": ⟪"So you are a {roel}."⟫ }'),
    'warning',
    'tours[0].steps[1].content',
    'did you mean "role"?',
  ],
  [
    'a placeholder in a body misspelt',
    sending('{ "role": { "answer": "role" } }').replace(
      '"url":',
      '"body": { "text": ⟪"{roel} is done"⟫ }, "url":',
    ),
    'warning',
    'webhooks[0].body.text',
    'did you mean "role"?',
  ],
  [
    'a value that no tour has',
    withWebhook('"body": { "text": ⟪"{tour.nmae} is done"⟫ }'),
    'problem',
    'webhooks[0].body.text',
    '{tour.nmae} stands for nothing: a tour has id, name, step, startedAt, outcome; did you mean "name"?',
  ],
  [
    'a value that no page has',
    withSteps('{ "type": "modal", "title": ⟪"You are at {page.adress}"⟫ }'),
    'problem',
    'tours[0].steps[0].title',
    '{page.adress} stands for nothing',
  ],
  [
    'a source of no kind',
    withWebhook('"data": { "plan": ⟪"pro"⟫ }'),
    'problem',
    'webhooks[0].data.plan',
    'expected { "tag" }',
  ],
  [
    'a source of the page misspelt',
    withWebhook('"data": { "at": { "page": ⟪"uri"⟫ } }'),
    'problem',
    'webhooks[0].data.at.page',
    'did you mean "url"?',
  ],
  // Selectors.
  [
    'a selector cut off',
    withSteps('{ "type": "pointer", "element": ⟪"#new["⟫ }'),
    'problem',
    'tours[0].steps[0].element',
    'is no CSS selector',
  ],
  [
    'a selector of jQuery',
    withSteps('{ "type": "pointer", "element": ⟪"a:contains(\'Save\')"⟫ }'),
    'problem',
    'tours[0].steps[0].element',
    "jQuery's",
  ],
  [
    'an XPath',
    withWebhook('"data": { "sum": { "element": ⟪"//div[1]"⟫ } }'),
    'problem',
    'webhooks[0].data.sum.element',
    'looks like XPath',
  ],
  [
    'a digit first in a selector',
    withTour('"start": { "element": ⟪"#1st"⟫ }').replace('"start": {},\n', ''),
    'problem',
    'tours[0].start.element',
    "can't begin with a digit",
  ],
  [
    'no element to point at',
    withSteps('⟪{ "type": "pointer", "title": "New" }⟫'),
    'problem',
    'tours[0].steps[0].element',
    'is missing',
  ],
  // Pasted, or written as elsewhere.
  ['a comment at the end', '{\n  "tours": []\n}\n⟪// so far⟫', 'problem', '', 'JSON has no comments'],
  [
    'a curly quote at the end of a text',
    '{\n  "tours": [{ "id": "a⟪”⟫, "name": "A" }]\n}',
    'problem',
    '',
    'a curly quote ends no text',
  ],
  ['a semicolon', '{\n  "tours": []⟪;⟫\n  "banners": []\n}', 'problem', '', 'a comma belongs here, not ;'],
  ['an equals sign', '{\n  "tours" ⟪=⟫ []\n}', 'problem', '', 'a colon belongs here, not ='],
  ['a space that is none', '{\n⟪\u00a0⟫ "tours": []\n}', 'problem', '', 'U+00A0'],
  [
    'a line break in a text',
    '{\n  "tours": [{ "id": "a", "name": ⟪"Our\ntour"⟫ }]\n}',
    'problem',
    '',
    'a new line in a text is written as \\n',
  ],
  ['dots for the rest', '{\n  "tours": [⟪...⟫]\n}', 'problem', '', 'write what the dots stand for'],
  ['undefined', '{\n  "tours": ⟪undefined⟫\n}', 'problem', '', 'leave the key out'],
  ['YAML', '⟪webhooks:⟫\n  - id: crm\n', 'problem', '', 'looks like YAML'],
  ['JavaScript', '⟪export⟫ default { tours: [] }', 'problem', '', 'looks like JavaScript'],
  ['a page', '⟪<!doctype html>⟫\n<title>Sign in</title>', 'problem', '', 'looks like HTML'],
  ['Markdown', '⟪```json⟫\n{ "tours": [] }\n```', 'problem', '', 'leave out the lines of ```'],
  ['no braces', '"tours"⟪:⟫ []', 'problem', '', 'the { and } around the whole are missing'],
  ['a config in a config', '{\n  "tourhook": ⟪{ "tours": [] }⟫\n}', 'problem', '', 'without it around'],
  ['a list for a config', `⟪[⟫${webhook}]`, 'problem', '', 'write { "webhooks": [ … ], "tours": [ … ] }'],
  [
    'a comment as a key',
    '{\n  "_comment": ⟪"mine"⟫,\n  "tours": []\n}',
    'problem',
    '',
    'a config has no comments',
  ],
  // Shapes and names.
  [
    'an object for a list',
    `{\n  "webhooks": ⟪{⟫ "id": "crm", "url": "https://hooks.example.com/lead" }\n}`,
    'problem',
    'webhooks',
    'write [ ] around it',
  ],
  [
    'entries by their names',
    '{\n  "tours": ⟪{ "welcome": { "name": "Welcome" } }⟫\n}',
    'problem',
    'tours',
    'write [{ "id": "welcome", … }]',
  ],
  [
    'a text for a list',
    withWebhook('"events": ⟪"tour_completed"⟫'),
    'problem',
    'webhooks[0].events',
    'write [ ] around it',
  ],
  [
    'a list of headers',
    withWebhook('"headers": ⟪["X-Team: growth"]⟫'),
    'problem',
    'webhooks[0].headers',
    'write { "X-Team": "growth" }',
  ],
  ['a number for an id', '{\n  "tours": [{ "id": ⟪12⟫ }]\n}', 'problem', 'tours[0].id', 'got 12; write "12"'],
  [
    'a number in quotes',
    withWebhook('"concurrency": ⟪"4"⟫'),
    'problem',
    'webhooks[0].concurrency',
    'leave out the quotes',
  ],
  [
    'true in quotes',
    withWebhook('"anyData": ⟪"true"⟫'),
    'problem',
    'webhooks[0].anyData',
    'leave out the quotes',
  ],
  ['another case', withWebhook('"Method": ⟪"POST"⟫'), 'problem', 'webhooks[0]', 'did you mean "method"?'],
  [
    'another tool’s name for a step',
    withSteps('{ "type": ⟪"tooltip"⟫ }'),
    'problem',
    'tours[0].steps[0].type',
    'did you mean "pointer"?',
  ],
  [
    'another tool’s name for a text',
    withSteps('{ "type": "modal", "text": ⟪"Hi"⟫ }'),
    'problem',
    'tours[0].steps[0]',
    'did you mean "content"?',
  ],
  [
    'a key at another place',
    withSteps('{ "type": "modal", "element": ⟪"#new"⟫ }'),
    'problem',
    'tours[0].steps[0]',
    'it belongs to a step of type "pointer"',
  ],
  [
    'a webhook’s id for a trigger',
    withSteps('{ "type": "trigger", "trigger": ⟪"crm"⟫ }'),
    'problem',
    'tours[0].steps[0].trigger',
    'write { "type": "webhook", "webhook": "crm" }',
  ],
  [
    'a webhook’s address for its id',
    withSteps(
      '{ "type": "trigger", "trigger": { "type": "webhook", "webhook": ⟪"https://hooks.example.com/lead"⟫ } }',
    ),
    'problem',
    'tours[0].steps[0].trigger.webhook',
    'write its id, "crm"',
  ],
  [
    'a webhook for its id',
    withSteps(`{ "type": "trigger", "trigger": { "type": "webhook", "webhook": ⟪${webhook}⟫ } }`),
    'problem',
    'tours[0].steps[0].trigger.webhook',
    "write the webhook's id",
  ],
  [
    'a condition as a text',
    withTour('"start": { "tags": { "plan": ⟪"pro"⟫ } }').replace('"start": {},\n', ''),
    'problem',
    'tours[0].start.tags.plan',
    'write { "is": "pro" }',
  ],
  [
    'a source misspelt',
    withWebhook('"data": { "plan": ⟪{ "tag:": "plan" }⟫ }'),
    'problem',
    'webhooks[0].data.plan',
    'did you mean "tag"?',
  ],
  [
    'a placeholder for a source',
    withWebhook('"data": { "plan": ⟪"{plan}"⟫ }'),
    'problem',
    'webhooks[0].data.plan',
    'write { "tag": "plan" } or { "answer": "plan" }',
  ],
  [
    'two sources',
    withWebhook('"data": { "plan": ⟪{ "tag": "plan", "value": "pro" }⟫ }'),
    'problem',
    'webhooks[0].data.plan',
    'keep one of "tag", "value"',
  ],
  // Addresses.
  [
    'http without slashes',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"http:hooks.example.com/lead"⟫ }]\n}',
    'problem',
    'webhooks[0].url',
    'begins with https://',
  ],
  [
    'a space before an address',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪" https://hooks.example.com/lead"⟫ }]\n}',
    'problem',
    'webhooks[0].url',
    'a space stands before or after it',
  ],
  [
    'a variable for an address',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the file.
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"${WEBHOOK_URL}"⟫ }]\n}',
    'problem',
    'webhooks[0].url',
    'no variable',
  ],
  [
    'a protocol twice',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"https://https://hooks.example.com"⟫ }]\n}',
    'warning',
    'webhooks[0].url',
    '"https" is no host',
  ],
  [
    'a placeholder in an address',
    '{\n  "webhooks": [{ "id": "crm", "url": ⟪"https://hooks.example.com/{userId}"⟫ }]\n}',
    'warning',
    'webhooks[0].url',
    'send it as "data"',
  ],
  [
    'a page that is no address',
    withTour('"start": { "url": ⟪"projects"⟫ }').replace('"start": {},\n', ''),
    'warning',
    'tours[0].start.url',
    'begin it with / or *',
  ],
  // Texts.
  [
    'HTML',
    withSteps('{ "type": "modal", "content": ⟪"It is <b>new</b>."⟫ }'),
    'warning',
    'tours[0].steps[0].content',
    '<b> is shown as it stands',
  ],
  [
    'an entity',
    withSteps('{ "type": "modal", "title": ⟪"Q&amp;A"⟫ }'),
    'warning',
    'tours[0].steps[0].title',
    '&amp; is shown as it stands',
  ],
  [
    'two braces',
    withSteps('{ "type": "modal", "title": ⟪"Hi {{firstName}}"⟫ }'),
    'warning',
    'tours[0].steps[0].title',
    'write {firstName}',
  ],
  [
    'spaces in braces',
    withSteps('{ "type": "modal", "title": ⟪"Hi { firstName }"⟫ }'),
    'warning',
    'tours[0].steps[0].title',
    'write {firstName}, without spaces',
  ],
  [
    'a brace forgotten',
    withSteps('{ "type": "modal", "title": ⟪"Hi {firstName"⟫ }'),
    'warning',
    'tours[0].steps[0].title',
    '{firstName has no } at its end',
  ],
  [
    'a kind of value that is none',
    withWebhook('"body": { "text": ⟪"{answers.role}"⟫ }'),
    'warning',
    'webhooks[0].body.text',
    'did you mean {answer.role}?',
  ],
  [
    'a question’s label for its name',
    withSteps(
      '{ "id": "ask", "type": "modal", "fields": [{ "name": "role", "type": "text", "label": "Your role" }] }',
      '{ "type": "trigger", "trigger": { "type": "webhook", "webhook": "crm", "data": { "role": { "answer": ⟪"Your role"⟫ } } } }',
    ),
    'warning',
    'tours[0].steps[1].trigger.data.role.answer',
    'did you mean "role"?',
  ],
  // Selectors again.
  [
    'a slash in a class',
    withSteps('{ "type": "pointer", "element": ⟪".w-1/2"⟫ }'),
    'problem',
    'tours[0].steps[0].element',
    "write [class~='w-1/2']",
  ],
  [
    'a colon in a class',
    withSteps('{ "type": "pointer", "element": ⟪".md:flex"⟫ }'),
    'warning',
    'tours[0].steps[0].element',
    "write [class~='md:flex']",
  ],
  [
    'an id without its sign',
    withSteps('{ "type": "pointer", "element": ⟪"save"⟫ }'),
    'warning',
    'tours[0].steps[0].element',
    'did you mean "#save" or ".save"?',
  ],
  [
    'a selector in JavaScript',
    withSteps('{ "type": "pointer", "element": ⟪"$(\'#save\')"⟫ }'),
    'problem',
    'tours[0].steps[0].element',
    'but JavaScript',
  ],
  [
    'an id with a dash without its sign',
    withSteps('{ "type": "pointer", "element": ⟪"save-button"⟫ }'),
    'note',
    'tours[0].steps[0].element',
    'an id is "#save-button"',
  ],
  // Fields.
  [
    'an option twice',
    withSteps('{ "type": "modal", "fields": [{ "name": "a", "type": "select", "options": ["x", ⟪"x"⟫] }] }'),
    'warning',
    'tours[0].steps[0].fields[0].options[1]',
    "can't be told apart",
  ],
  [
    'a range the wrong way round',
    withSteps('{ "type": "modal", "fields": [{ "name": "a", "type": "number", "min": 9, "max": ⟪1⟫ }] }'),
    'warning',
    'tours[0].steps[0].fields[0].max',
    'is below "min"',
  ],
  [
    'a script as a link',
    withSteps('{ "type": "modal", "content": ⟪"[go](javascript:go())"⟫ }'),
    'warning',
    'tours[0].steps[0].content',
    'write https://, mailto: or a path',
  ],
  [
    'another tool’s name for a place',
    withSteps('{ "type": "pointer", "element": "#save", "placement": ⟪"top"⟫ }'),
    'problem',
    'tours[0].steps[0]',
    'did you mean "place"?',
  ],
  // When a tour starts.
  [
    'a regular expression for an address',
    withTour('"start": { "url": ⟪"/projects/.*"⟫ }').replace('"start": {},\n', ''),
    'warning',
    'tours[0].start.url',
    '* stands for anything',
  ],
  [
    'a handler’s name for an event',
    withTour('"start": { "event": ⟪"onclick"⟫ }').replace('"start": {},\n', ''),
    'warning',
    'tours[0].start.event',
    'called "click"',
  ],
  [
    'seconds for milliseconds',
    withTour('"start": { "delayMs": ⟪5⟫ }').replace('"start": {},\n', ''),
    'warning',
    'tours[0].start.delayMs',
    '5 seconds are 5000',
  ],
  // What nothing starts.
  [
    'a tour that nothing starts',
    '{\n  "tours": [\n    ⟪{ "id": "welcome", "steps": [{ "type": "modal" }] }⟫]\n}',
    'note',
    'tours[0]',
    'data-start="welcome"',
  ],
]

export const mistakes: readonly Mistake[] = table.map(([name, marked, kind, path, words]) => ({
  name,
  marked,
  kind,
  path,
  words,
}))

/** The file as its author has it. */
export function textOfMistake({ marked }: Mistake): string {
  return marked.replace(/[⟪⟫]/g, '')
}

/** Where the mistake is, line and column from 1. */
export function placeOfMistake({ marked }: Mistake): { line: number; column: number } {
  const before = marked.slice(0, marked.indexOf('⟪'))
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
