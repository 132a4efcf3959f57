import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AnswerScanner } from '../../../../src/providers/answer/answerScanner';
import type { AnswerKind } from '../../../../src/providers/answer/answerScanner';
import type { ScanLimits } from '../../../../src/providers/answer/scannedDocument';
import { pieces, RecordingHandler } from './recordingHandler';

function scan(
	body: string | Uint8Array,
	cuts: readonly number[] = [],
	limits?: ScanLimits,
): { log: unknown[]; kind: AnswerKind; head: string } {
	const handler = new RecordingHandler();
	const scanner = new AnswerScanner(handler, limits);
	pieces(body, cuts).forEach(piece => scanner.push(piece));
	scanner.finish();
	return { log: handler.log, kind: scanner.kind, head: Buffer.from(scanner.head).toString('latin1') };
}

const json = (value: unknown) => ({ kind: 'json', value });
const picture = (bytes: string, element = 0, type?: string) => ({ element, type, isClean: true, bytes });
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');

suite('AnswerScanner, a plain answer', () => {
	for (const [name, body, log] of [
		[
			'takes the picture out and keeps the rest',
			`{"created":1,"data":[{"b64_json":"${base64('abc')}"}],"usage":{"total_tokens":7}}`,
			[picture('abc'), json({ created: 1, data: [{ b64_json: 0 }], usage: { total_tokens: 7 } })],
		],
		[
			'numbers several pictures by their place in the list',
			`{"data":[{"revised_prompt":"x"},{"b64_json":"${base64('a')}"},{"b64_json":"${base64('bc')}"}]}`,
			[picture('a', 1), picture('bc', 2), json({ data: [{ revised_prompt: 'x' }, { b64_json: 0 }, { b64_json: 1 }] })],
		],
		[
			'decodes a data URL under url',
			`{"data":[{"url":"data:image/png;base64,${base64('png')}"}]}`,
			[picture('png'), json({ data: [{ url: 0 }] })],
		],
		[
			'drops the prefix of a data URL under b64_json',
			`{"data":[{"b64_json":"DATA:image/jpeg;BASE64,${base64('jpg')}"}]}`,
			[picture('jpg'), json({ data: [{ b64_json: 0 }] })],
		],
		[
			'leaves other addresses alone',
			'{"data":[{"url":"https://example.com/a\\/b.png?x=\\"y\\""},{"url":"d"},{"url":""},{"url":"data:"}]}',
			[json({ data: [{ url: 'https://example.com/a/b.png?x="y"' }, { url: 'd' }, { url: '' }, { url: 'data:' }] })],
		],
		[
			'leaves a data URL alone that is not base64',
			'{"data":[{"url":"data:image/svg+xml;utf8,<svg>"}]}',
			[json({ data: [{ url: 'data:image/svg+xml;utf8,<svg>' }] })],
		],
		[
			'undoes the escapes of JSON',
			`{"b64_json":"${base64('\xfb\xff\xbf??>').replaceAll('/', '\\/').replaceAll('+', '\\u002B').replaceAll('=', '\\u003d')}\\n"}`,
			[picture('\xfb\xff\xbf??>'), json({ b64_json: 0 })],
		],
		[
			'takes an empty or missing picture as none',
			'{"data":[{"b64_json":""},{"b64_json":null}]}',
			[json({ data: [{ b64_json: '' }, { b64_json: null }] })],
		],
		[
			'does not take a key in a string for one',
			'{"a":"\\"b64_json\\":","b":["b64_json","QUJD"]}',
			[json({ a: '"b64_json":', b: ['b64_json', 'QUJD'] })],
		],
		['understands an escaped key', `{"b64\\u005fjson":"${base64('abc')}"}`, [picture('abc'), json({ b64_json: 0 })]],
		['tells that a picture is not base64', '{"b64_json":"A*AA"}', [{ ...picture('\0\0'), isClean: false }, json({ b64_json: 0 })]],
		['skips a byte order mark and white space', `\ufeff \r\n\t{"created":1}\n `, [json({ created: 1 })]],
	] as const) {
		test(name, () => {
			assert.deepEqual(scan(body), { log, kind: 'json', head: '' });
		});
		test(`${name}, byte by byte`, () => {
			const all = Array.from({ length: Buffer.byteLength(body) }, (_, index) => index);
			assert.deepEqual(scan(body, all), { log, kind: 'json', head: '' });
		});
	}

	test('tells that a document breaks off', () => {
		assert.deepEqual(scan('{"data":[{"b64_json":"QUJD').log, [
			{ cutOff: 'ABC' },
			{ kind: 'malformed', reason: 'syntax', text: '{"data":[{"b64_json":0' },
		]);
	});

	for (const rest of [' ', 'x', '{"a":1}', '[', '}]', '{"b64_json":"', '['.repeat(100), 'y'.repeat(2_000_000)]) {
		test(`ends with its last bracket, whatever follows: ${JSON.stringify(rest.slice(0, 20))}`, () => {
			const [document] = scan(`{"created":1}${rest}`).log.slice(-1);
			assert.deepEqual(document, json({ created: 1 }));
		});
	}

	test('gives up on what is nested too deeply, without running out of stack', () => {
		const [document] = scan('['.repeat(1_000_000)).log as [{ kind: string; reason: string }];
		assert.deepEqual([document.kind, document.reason], ['malformed', 'tooDeep']);
	});

	test('gives up on a rest that is too large, without keeping it', () => {
		const limits = { maxSkeletonBytes: 1000, maxDepth: 8 };
		const [document] = scan(`{"image":"${'A'.repeat(100_000)}"}`, [500, 50_000], limits).log as [
			{ kind: string; reason: string; text: string },
		];
		assert.deepEqual([document.kind, document.reason, document.text.length], ['malformed', 'tooLarge', 500]);
	});
});

const completed = (bytes: string) => `{"type":"image_generation.completed","b64_json":"${base64(bytes)}","usage":{"total_tokens":3}}`;
const completedValue = { type: 'image_generation.completed', b64_json: 0, usage: { total_tokens: 3 } };
const completedLog = (bytes: string, name = 'image_generation.completed') => [
	`begin ${name}`,
	picture(bytes, 0, 'image_generation.completed'),
	{ event: name, data: json(completedValue) },
];

suite('AnswerScanner, a stream of events', () => {
	for (const [end, name] of [
		['\n', 'LF'],
		['\r', 'CR'],
		['\r\n', 'CRLF'],
	] as const) {
		const body = [
			': hello',
			'id: 1',
			'retry: 10',
			'',
			'event: image_generation.completed',
			`data: ${completed('xyz')}`,
			'',
			'data: [DONE]',
			'',
			'',
		].join(end);
		const log = [...completedLog('xyz'), 'begin ', 'done'];
		test(`reads lines that end with ${name}`, () => {
			assert.deepEqual(scan(body), { log, kind: 'events', head: '' });
		});
		test(`reads lines that end with ${name}, byte by byte`, () => {
			const all = Array.from({ length: body.length }, (_, index) => index);
			assert.deepEqual(scan(body, all).log, log);
		});
	}

	for (const [name, body, log] of [
		['without a space behind the colon', `event:x\ndata:${completed('q')}\n\n`, completedLog('q', 'x')],
		['with the event named behind its data', `data: {"a":1}\nevent: late\n\n`, ['begin ', { event: 'late', data: json({ a: 1 }) }]],
		['with data in several lines', 'data: {"a":\ndata: [1,\ndata: 2]}\n\n', ['begin ', { event: '', data: json({ a: [1, 2] }) }]],
		['that ends without a blank line', `data: ${completed('end')}`, completedLog('end', '')],
		['with a byte order mark', `\ufeffdata: {"a":1}\n\n`, ['begin ', { event: '', data: json({ a: 1 }) }]],
		[
			'with comments, unknown fields and empty data',
			': ping\n\nwhatever: 1\nmore\n\ndata\n\ndata:\n\ndata: {"a":1}\n\n',
			['begin ', { event: '', data: json({ a: 1 }) }],
		],
		[
			'with something that is not JSON',
			'data: {"a"\n\n',
			['begin ', { event: '', data: { kind: 'malformed', reason: 'syntax', text: '{"a"' } }],
		],
		[
			'with [DONE] before a picture that breaks off',
			`data: [DONE]\ndata: {"b64_json":"QUJD\n\ndata: ${completed('q')}\n\n`,
			[
				'begin ',
				{ cutOff: 'ABC' },
				{ event: '', data: { kind: 'malformed', reason: 'syntax', text: '[DONE]' } },
				...completedLog('q', ''),
			],
		],
		[
			'with an event that ends in the middle of its picture',
			`data: {"b64_json":"QUJD\nretry: 1\n\ndata: ${completed('q')}\n\n`,
			[
				'begin ',
				{ cutOff: 'ABC' },
				{ event: '', data: { kind: 'malformed', reason: 'syntax', text: '{"b64_json":0' } },
				...completedLog('q', ''),
			],
		],
		[
			'with the type behind the picture',
			`data: {"b64_json":"${base64('t')}","type":"z"}\n\n`,
			['begin ', picture('t'), { event: '', data: json({ b64_json: 0, type: 'z' }) }],
		],
	] as const) {
		test(`reads a stream ${name}`, () => {
			assert.deepEqual(scan(body), { log, kind: 'events', head: '' });
		});
	}
});

suite('AnswerScanner, the name of an event', () => {
	test('is cut at the same place however it arrives', () => {
		const body = `event: ${'x'.repeat(500)}\ndata: 1\n\n`;
		const log = [`begin ${'x'.repeat(128)}`, { event: 'x'.repeat(128), data: json(1) }];
		for (const cuts of [[], [50], [134, 135, 136], [7, 300]]) {
			assert.deepEqual(scan(body, cuts).log, log);
		}
	});
});

suite('AnswerScanner, something else', () => {
	for (const [body, kind, head] of [
		['', 'empty', ''],
		[' \n\n ', 'empty', ''],
		['<!DOCTYPE html><html></html>', 'other', '<!DOCTYPE html><html></html>'],
		['upstream timeout', 'other', 'upstream timeout'],
		['dat', 'other', 'dat'],
		['datum: x', 'other', 'datum: x'],
		['\x89PNG\r\n', 'other', '\xc2\x89PNG\r\n'],
	] as const) {
		test(`recognises ${JSON.stringify(body)} as ${kind}`, () => {
			assert.deepEqual(scan(body), { log: [], kind, head });
			assert.deepEqual(scan(body, [1, 2, 3, 4, 5]), { log: [], kind, head });
		});
	}

	test('keeps only the beginning of it', () => {
		const { kind, head } = scan('x'.repeat(100_000), [10, 1000, 5000, 60_000]);
		assert.deepEqual([kind, head.length], ['other', 2048]);
	});
});

suite('AnswerScanner, any cutting', () => {
	const cuts = fc.array(fc.nat(100_000), { maxLength: 30 });
	const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
	const image = fc.uint8Array({ maxLength: 400 }).map(bytes => Buffer.from(bytes).toString('base64'));
	const item = fc.record(
		{
			b64_json: fc.option(image),
			revised_prompt: text,
			url: fc.oneof(
				text,
				image.map(data => `data:image/png;base64,${data}`),
			),
		},
		{ requiredKeys: [] },
	);
	const answer = fc.record({ created: fc.integer(), data: fc.array(item, { maxLength: 4 }), usage: fc.jsonValue(), type: text });

	test('of a plain answer gives the same pictures and the same rest', () => {
		fc.assert(
			fc.property(answer, cuts, (value, cut) => {
				const body = JSON.stringify(value);
				assert.deepEqual(scan(body, cut), scan(body));
			}),
		);
	});

	test('of a stream gives the same events', () => {
		const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
		const event = fc.record({ name: fc.constantFrom('', 'event: a', ': comment'), value: answer });
		fc.assert(
			fc.property(fc.array(event, { maxLength: 4 }), lineEnd, cuts, (events, end, cut) => {
				const body = `: start${end}${events.map(({ name, value }) => [name, `data: ${JSON.stringify(value)}`, '', ''].join(end)).join('')}`;
				assert.deepEqual(scan(body, cut), scan(body));
			}),
		);
	});

	test('of garbage neither throws nor depends on the cuts', () => {
		const token = fc.constantFrom(
			'{',
			'}',
			'[',
			']',
			'"',
			'\\',
			':',
			',',
			'b64_json',
			'"b64_json":"',
			'url',
			'data:',
			'data: ',
			'\n',
			'\r',
			'AAAA',
			'\\u00',
			'=',
			';base64,',
			'event: ',
			'\ufeff',
			'é',
		);
		const garbage = fc.oneof(
			fc.array(token, { maxLength: 60 }).map(tokens => Buffer.from(tokens.join(''))),
			fc.uint8Array({ maxLength: 500 }).map(bytes => Buffer.from(bytes)),
		);
		fc.assert(
			fc.property(fc.constantFrom('', '{', 'data: {'), garbage, cuts, (start, bytes, cut) => {
				const body = Buffer.concat([Buffer.from(start), bytes]);
				assert.deepEqual(scan(body, cut), scan(body));
			}),
			{ numRuns: 1000 },
		);
	});

	test('of a picture in JSON gives the picture byte by byte', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 2000 }), cuts, (bytes, cut) => {
				const body = `{"data":[{"b64_json":"${Buffer.from(bytes).toString('base64')}"}]}`;
				const [found] = scan(body, cut).log as [{ bytes: string }];
				assert.equal(found.bytes, Buffer.from(bytes).toString('latin1'));
			}),
		);
	});
});
