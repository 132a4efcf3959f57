import * as assert from 'node:assert/strict';
import { parseConnections } from '../../src/core/connection/parseConnections';
import type { Connection } from '../../src/core/connection/connection';
import { makePlan } from '../../src/core/plan/makePlan';
import type { PlanSettings } from '../../src/core/plan/plan';
import { problemCodes, type Problem, type TextRange } from '../../src/core/problem';
import { applyEdits, printPrompt, removeKey, setKey, setVariable } from '../../src/core/prompt/editPrompt';
import { parsePrompt } from '../../src/core/prompt/parsePrompt';
import type { PromptDocument } from '../../src/core/prompt/promptDocument';
import { findPromptFence, findPromptFences } from '../../src/core/prompt/promptFence';
import { fuzzTarget, nastyTokens, sample, textOf } from './fuzzTarget';
import type { Random } from './random';

/** Prompt files, plans of them, mends, and prompts in Markdown. */
export const target = fuzzTarget({
	samples: [
		'A lighthouse at dusk.\n',
		'---\nsize: 1536x1024\nquality: medium\noutput: assets/subway.png\nalt: Empty subway car\nvars:\n  mood: cool fluorescent\n---\nInterior of a subway car.\nWide-angle view, {{mood}} light.\n',
		'---\nmodel: gpt-image-1.5\nformat: webp\ncompression: 80\nbackground: transparent\nmoderation: low\nn: 4\n---\n<!-- a note -->A badge, {{ not a variable',
		'---\ntier: xlimage\nsize: wide\n---\nA boat \\{{literal}} <!-- unclosed',
		'---\r\nconnection: fake\r\nsize: 4k\r\n---\r\nA cat.\r\n',
		'---\n{ size: "1024x1024", vars: { a: "x", b: \'y\' }, n: 2 }\n---\n{{a}}{{b}}',
		'---\nvars:\n  a: &x one\n  b: *x\n  c: !!str two\n  d: |\n    three\n    lines\n  e: >-\n    folded\nalt: Gate #5\noutput: ../{{a}}/{{index}}.{{ext}}\n---\n{{a}} {{b}} {{c}} {{d}} {{e}}',
		'---\nsize: [1, 2\n\tn: 3\nvars: {{a}}\n? complex\n: value\n---\nA dog',
		'---\na: &a ["x","x"]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nvars: {d: *c}\n---\n{{d}}',
		'# Guide\n\n```imgprompt\n---\nsize: square\n---\nA fox\n```\n\ntext\n\n~~~~imgprompt {#id}\nA hen\n~~~\n~~~~\n',
		'```js\n```imgprompt\nno prompt\n```\n   ```imgprompt x=1\nA cow',
		'---\nsize: 1000x1000\nquality: ultra\nunknown: 1\nsize: auto\nn: eleven\n---\n',
	].map(sample),
	tokens: [
		...nastyTokens,
		...[
			'---\n',
			'\n---\n',
			'---',
			'```imgprompt\n',
			'```\n',
			'~~~',
			'<!--',
			'-->',
			'{{',
			'}}',
			'{{a}}',
			'\\{{',
			'{{constructor}}',
			'{{__proto__}}',
		],
		...[
			'size: ',
			'quality: ',
			'vars:\n',
			'  a: ',
			'output: ',
			'alt: ',
			'n: ',
			'tier: ',
			'model: ',
			'format: ',
			'background: ',
			'compression: ',
		],
		...[
			'1024x1024',
			'auto',
			'low',
			'high',
			'png',
			'webp',
			'transparent',
			'3840x2160',
			'smimage',
			'&a ',
			'*a',
			'!!str ',
			'!!binary ',
			'<<: *a',
			'%YAML 1.2\n',
		],
		...[
			'- ',
			'? ',
			': ',
			'|\n',
			'>-\n',
			'"\\u0000"',
			'"\\ud83d"',
			'{ ',
			' }',
			'[[[[',
			']]]]',
			'# ',
			'__proto__: ',
			'constructor: ',
			'toString: ',
		],
	],
	reach: { planned: 10, refused: 5, broken: 10 },
	run(input, random) {
		const text = textOf(input);
		const document = parsePrompt(text);
		checkDocument(document, text);
		if (text.length < maxEditedLength) {
			checkEdits(document, random);
		}
		for (const fence of findPromptFences(text)) {
			assert.equal(fence.text, text.slice(fence.range.start, fence.range.end));
			inside(fence.blockRange, text);
			checkDocument(parsePrompt(fence.text), fence.text);
		}
		findPromptFence(text, random.below(text.length + 1));
		const asked = text.length < maxEditedLength ? connections : connections.slice(0, 1);
		const outcomes = asked.map(connection => plan(document, connection));
		if (outcomes.includes('ready')) {
			return 'planned';
		}
		return document.problems.some(({ code }) => code === 'syntax') ? 'broken' : 'refused';
	},
});

/** Editing reads a text several times over, and so does a plan with mends for each connection, which must not be taken for a hang. */
const maxEditedLength = 4096;

const connections: readonly Connection[] = parseConnections([
	{ name: 'openai', kind: 'openai' },
	{ name: 'server', kind: 'compatible', baseUrl: 'http://localhost:8080/v1' },
	{ name: 'azure', kind: 'azure', baseUrl: 'https://contoso.openai.azure.com', deployment: 'pictures' },
]).connections;

const settings: PlanSettings = {
	model: '',
	size: '1024x1024',
	quality: 'medium',
	format: 'png',
	background: 'auto',
	moderation: 'auto',
	n: 1,
	partialImages: 1,
};

function inside({ start, end }: TextRange, text: string): void {
	assert.ok(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= text.length, `${start}-${end}`);
}

function checkDocument(document: PromptDocument, text: string): void {
	assert.equal(document.text, text);
	assert.equal(printPrompt(document), text);
	inside(document.bodyRange, text);
	document.variables.forEach(({ range }) => inside(range, text));
	Object.values(document.keys).forEach(({ range, keyRange }) => [range, keyRange].forEach(each => inside(each, text)));
	document.problems.forEach(problem => checkProblem(problem, text));
}

function checkProblem({ code, message, range, fixes = [] }: Problem, text: string): void {
	assert.ok(problemCodes.includes(code) && message !== '' && message.length < 2000, `${code}: ${message.slice(0, 3000)}`);
	inside(range, text);
	fixes.forEach(({ edits }) => edits.forEach(edit => inside(edit.range, text)));
}

/** One mend that is offered, and one edit that a command makes. */
function checkEdits(document: PromptDocument, random: Random): void {
	const { text } = document;
	const mends = document.problems.flatMap(({ fixes = [] }) => fixes.map(({ edits }) => edits));
	const name = random.pick(['a', 'b', '__proto__', 'mood']);
	const command = random.pick([
		() => setKey(document, 'size', '1024x1024'),
		() => setVariable(document, name, 'x: "y"\n#'),
		() => removeKey(document, 'size'),
	])();
	for (const edits of [...(mends.length > 0 ? [random.pick(mends)] : []), ...(command ? [[command]] : [])]) {
		edits.forEach(edit => inside(edit.range, text));
		parsePrompt(applyEdits(text, edits));
	}
}

function plan(document: PromptDocument, connection: Connection): string {
	const outcome = makePlan({ document, connection, settings, today: '2026-11-20' });
	const problems = outcome.kind === 'ready' ? outcome.plan.problems : outcome.problems;
	problems.forEach(problem => checkProblem(problem, document.text));
	if (outcome.kind === 'invalid') {
		assert.ok(outcome.problems.some(({ severity }) => severity === 'error'));
		return outcome.kind;
	}
	const { requests, connection: chosen, prompt } = outcome.plan;
	assert.equal(chosen, connection, 'a text has moved the connection');
	assert.ok(requests.length > 0 && requests.length <= 10 && prompt.trim() !== '');
	for (const { body } of requests) {
		assert.deepEqual(JSON.parse(JSON.stringify(body)), body);
	}
	return outcome.kind;
}
