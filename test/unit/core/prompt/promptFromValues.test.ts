import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { promptFromValues } from '../../../../src/core/prompt/promptFromValues';
import { promptKeys } from '../../../../src/core/prompt/promptSchema';
import { resolvePrompt } from '../../../../src/core/prompt/resolvePrompt';
import { errorsOf, fileOf, valuesOf } from './support';

const codesOf = (values: unknown) => promptFromValues(values).problems.map(({ code }) => code);

suite('promptFromValues', () => {
	test('takes a prompt literally, and only trims its ends', () => {
		const prompt = '\n  A {{x}} <!-- y -->\r\n+++\r\n\\{{ z \n';
		const document = promptFromValues({ prompt });
		assert.deepEqual(document, {
			text: '',
			bodyRange: { start: 0, end: 0 },
			body: 'A {{x}} <!-- y -->\r\n+++\r\n\\{{ z',
			keys: {},
			variables: [],
			isTemplate: false,
			problems: [],
		});
		assert.equal(resolvePrompt(document).prompt, document.body);
	});

	test('takes a prompt with vars for a template', () => {
		const document = promptFromValues({
			prompt: 'A {{x}} <!-- y -->sea',
			vars: { x: 'dark' },
			alt: 'The {{x}} sea',
			output: '{{x}}-{{index}}.png',
		});
		assert.deepEqual(document.problems, []);
		assert.equal(document.isTemplate, true);
		assert.deepEqual(
			document.variables.map(({ name }) => name),
			['x', 'x', 'index', 'x'],
		);
		assert.deepEqual(resolvePrompt(document), { prompt: 'A dark sea', alt: 'The dark sea', output: 'dark-{{index}}.png' });
	});

	test('reads the same values from code as from a file', () => {
		const given = {
			connection: 'work',
			model: 'm',
			size: 'wide',
			tier: 24,
			format: 'png',
			compression: 0,
			background: 'auto',
			moderation: 'low',
			n: 3,
		};
		const yaml = Object.entries(given).map(([key, value]) => `${key}: ${value}`);
		assert.deepEqual(valuesOf(promptFromValues({ prompt: 'A', ...given })), valuesOf(parsePrompt(fileOf(yaml.join('\n')))));
	});

	test('turns numbers and booleans of variables into text', () => {
		assert.deepEqual(valuesOf(promptFromValues({ prompt: '{{a}}{{b}}', vars: { a: 1.5, b: false } })), {
			vars: { a: '1.5', b: 'false' },
		});
	});

	test('leaves out keys that are undefined', () => {
		assert.deepEqual(promptFromValues({ prompt: 'A', size: undefined, vars: undefined }), promptFromValues({ prompt: 'A' }));
	});

	test('keeps the alternative text of a literal prompt literal, and its output a template', () => {
		const document = promptFromValues({ prompt: 'A', alt: '{{x}} \\{{', output: '{{name}}.{{ext}}' });
		assert.deepEqual(document.problems, []);
		assert.deepEqual(resolvePrompt(document), { prompt: 'A', alt: '{{x}} \\{{', output: '{{name}}.{{ext}}' });
		assert.deepEqual(codesOf({ prompt: 'A', output: '{{x}}.png' }), ['unknownVariable']);
	});

	for (const [name, values, codes] of [
		['nothing', undefined, ['invalidValue', 'missingPrompt']],
		['a text', 'A cat', ['invalidValue', 'missingPrompt']],
		['a list', ['A cat'], ['invalidValue', 'missingPrompt']],
		['no prompt', {}, ['missingPrompt']],
		['an empty prompt', { prompt: ' \n' }, ['missingPrompt']],
		['a prompt that is no text', { prompt: 7 }, ['invalidValue', 'missingPrompt']],
		['a comment as template', { prompt: '<!-- A -->', vars: {} }, ['missingPrompt']],
		['steps in a template', { prompt: 'A\n+++\nB', vars: {} }, ['syntax']],
		['an unknown key', { prompt: 'A', qualty: 'low' }, ['unknownKey']],
		['a key that this version does not carry out', { prompt: 'A', images: ['a.png'] }, ['unknownKey']],
		['a wrong value', { prompt: 'A', n: 11 }, ['invalidValue']],
		['an object as value', { prompt: 'A', size: { width: 1, height: 1 } }, ['invalidValue']],
		['a list as value', { prompt: 'A', size: ['auto'] }, ['invalidValue']],
		['null', { prompt: 'A', size: null }, ['invalidValue']],
		['NaN', { prompt: 'A', n: Number.NaN }, ['invalidValue']],
		['a function', { prompt: 'A', n: () => 1 }, ['invalidValue']],
		['tier and quality', { prompt: 'A', tier: 24, quality: 'low' }, ['invalidValue']],
		['an unknown variable', { prompt: '{{y}}', vars: { x: 'a' } }, ['unknownVariable', 'unusedVariable']],
		['a variable that is null', { prompt: '{{x}}', vars: { x: null } }, ['invalidValue']],
		['a variable with texts per language', { prompt: '{{x}}', vars: { x: { de: 'a' } } }, ['invalidValue']],
	] as const) {
		test(`finds fault with ${name}`, () => {
			assert.deepEqual(codesOf(values), codes);
		});
	}

	test('names the key in each message, and points nowhere', () => {
		const values = Object.fromEntries(promptKeys.map(key => [key, ['wrong']]));
		const { problems } = promptFromValues({ prompt: 'A', ...values });
		assert.deepEqual(
			promptKeys.filter(key => !problems.some(({ message }) => message.includes(`\`${key}\``))),
			[],
		);
		assert.deepEqual(
			problems.filter(problem => problem.range.start !== 0 || problem.range.end !== 0 || problem.fixes),
			[],
		);
	});

	test('survives anything that code can pass', () => {
		const circular: Record<string, unknown> = { prompt: 'A' };
		circular['vars'] = circular;
		circular['size'] = circular;
		assert.ok(promptFromValues(circular).problems.length > 0);
		fc.assert(
			fc.property(
				fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true }),
				value => {
					assert.equal(promptFromValues(value).text, '');
					const document = promptFromValues({ prompt: 'A', vars: value, n: value, alt: value });
					assert.equal(
						errorsOf(document).some(({ code }) => code === 'missingPrompt'),
						false,
					);
				},
			),
		);
	});
});
