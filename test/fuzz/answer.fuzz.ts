import * as assert from 'node:assert/strict';
import { AnswerScanner } from '../../src/providers/answer/answerScanner';
import { readAnswer } from '../../src/providers/answer/readAnswer';
import { MemorySpool } from '../fakes/memorySpool';
import { jpegPicture, pngPicture, webpPicture } from '../fakes/pictures';
import { pieces, RecordingHandler } from '../unit/providers/answer/recordingHandler';
import { fuzzTarget, nastyTokens, sample } from './fuzzTarget';
import type { Random } from './random';

const png = pngPicture({ width: 16, height: 16 }).toString('base64');
const jpeg = jpegPicture({ width: 8, height: 8, contentCredentials: true }).toString('base64');
const webp = webpPicture({ width: 8, height: 8 }).toString('base64');
const usage = '"usage":{"total_tokens":9,"input_tokens":4,"output_tokens":5}';
const partial = (data: string) =>
	`event: image_generation.partial_image\ndata: {"type":"image_generation.partial_image","b64_json":"${data}"}\n\n`;
const final = (data: string) =>
	`event: image_generation.completed\ndata: {"type":"image_generation.completed","b64_json":"${data}",${usage}}\n\n`;

/** Answers of hosts, however they are cut on the way. */
export const target = fuzzTarget({
	samples: [
		`{"created":1,"data":[{"b64_json":"${png}","revised_prompt":"a \\"b\\" c"}],"size":"16x16",${usage}}`,
		`{"data":[{"b64_json":"${jpeg}"},{"b64_json":"data:image/webp;base64,${webp}"},{"url":"data:image/png;base64,${png.replaceAll('/', '\\/')}"}]}`,
		`\ufeff \r\n{"data":[{"b64_json":"${png.replaceAll('+', '\\u002b').replaceAll('=', '\\u003D')}"}]}\r\n`,
		`${partial(webp)}${final(png)}data: [DONE]\n\n`,
		`: keep\n\nid: 7\nretry: 1000\n${partial(png)}: ping\n\n${final(jpeg)}`.replaceAll('\n', '\r\n'),
		`data: {"b64_json":"${png}",\ndata: "type":"image_generation.completed"}\n\ndata:{"error":{"message":"x"}}\n\n`,
		'event: error\ndata: {"error":{"code":"moderation_blocked","message":"no"}}\n\n',
		'{"error":{"message":"The prompt was refused.","code":"content_policy_violation","inner_error":{"a":[1,{"b":null}]}}}',
		'<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>',
		`[{"data":{"data":[[{"b64_json":"${webp}"}]]}}]`,
		'  ',
	].map(sample),
	tokens: [
		...nastyTokens,
		...[
			'"b64_json":"',
			'"b64_json":',
			'"url":"',
			'data:image/png;base64,',
			'"type":"',
			'{"data":[',
			'"error":{',
			'}]}',
			'\\u002B',
			'\\/',
			'\\u00',
			'\\',
		],
		...[
			'data: ',
			'data:',
			'event: ',
			'event: image_generation.completed\n',
			'id: 1\n',
			'retry: 1\n',
			': ping\n',
			'\n\n',
			'\r\r',
			'\r\n\r\n',
			'[DONE]',
			'\ufeff',
		],
		...[
			'"image_edit.completed"',
			'"image_generation.partial_image"',
			'null',
			'true',
			'1e9',
			'QUJD',
			'====',
			'-_-_',
			...[png, webp].map(data => data.slice(0, 40)),
		],
	],
	reach: { picture: 15, answer: 15, malformed: 8, other: 8 },
	async run(input, random) {
		const cuttings = [
			...Array.from({ length: 2 }, () => someCuts(input, random)),
			...(input.length < 3000 && random.once(8) ? [everywhere(input)] : []),
		];
		const whole = scan(input, []);
		for (const cuts of cuttings) {
			assert.deepEqual(scan(input, cuts), whole, `cut at ${cuts.slice(0, 50).join()}`);
		}
		const outcome = await read(input, []);
		for (const cuts of cuttings.slice(0, 2)) {
			assert.deepEqual(await read(input, cuts), outcome, `cut at ${cuts.slice(0, 50).join()}`);
		}
		return outcome.pictures.length > 0
			? 'picture'
			: outcome.malformed
				? 'malformed'
				: whole.kind === 'json' || whole.kind === 'events'
					? 'answer'
					: 'other';
	},
});

function someCuts(input: Uint8Array, random: Random): readonly number[] {
	const count = random.once(3) ? 1 : random.below(12);
	return Array.from({ length: count }, () => random.below(input.length + 1));
}

function everywhere(input: Uint8Array): readonly number[] {
	return Array.from(input, (_, index) => index);
}

function scan(input: Uint8Array, cuts: readonly number[]) {
	const handler = new RecordingHandler();
	const scanner = new AnswerScanner(handler);
	pieces(input, cuts).forEach(piece => scanner.push(piece));
	scanner.finish();
	return { log: handler.log, kind: scanner.kind, head: Buffer.from(scanner.head).toString('latin1') };
}

/** What comes of an answer to a request for two candidates. */
async function read(input: Uint8Array, cuts: readonly number[]) {
	const spool = new MemorySpool();
	const told: string[] = [];
	const target = { spool, candidates: [0, 1], onPicture: ({ fileName }: { readonly fileName: string }) => told.push(fileName) };
	const { kind, collector, head, lost } = await readAnswer(bodyOf(pieces(input, cuts)), target);
	assert.equal(lost, undefined);
	assert.ok(spool.pictures.every(({ state }) => state !== 'open') || collector.pictures.length < spool.pictures.length);
	const { pictures, flaws, facts, error, malformed, partialCount, isDone } = collector;
	const kept = spool.pictures.map(({ role, candidate, state, bytes }) => [role, candidate, state, bytes.toString('latin1')]);
	return { kind, head: Buffer.from(head).toString('latin1'), pictures, flaws, facts, error, malformed, partialCount, isDone, kept, told };
}

function bodyOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
	const waiting = chunks.values();
	return new ReadableStream<Uint8Array>({
		pull(controller) {
			const { done, value } = waiting.next();
			if (done) {
				controller.close();
			} else {
				controller.enqueue(value);
			}
		},
	});
}
