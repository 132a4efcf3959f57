import * as assert from 'node:assert/strict';
import type { PictureSpool, StoredPicture } from '../../../../src/core/run/ports';
import { AnswerCollector } from '../../../../src/providers/answer/answerCollector';
import { AnswerScanner } from '../../../../src/providers/answer/answerScanner';
import { MemorySpool } from '../../../fakes/memorySpool';
import { pngPicture } from '../../../fakes/pictures';

const picture = pngPicture({ width: 16, height: 16 }).toString('base64');

/** A stream of events as a host writes it, with nothing but `data:` lines. */
function scannerInto(
	spool: PictureSpool,
	candidates: readonly number[] = [0],
): {
	readonly scanner: AnswerScanner;
	readonly collector: AnswerCollector;
	readonly told: StoredPicture[];
} {
	const told: StoredPicture[] = [];
	const collector = new AnswerCollector({ spool, candidates, onPicture: stored => told.push(stored) });
	return { scanner: new AnswerScanner(collector), collector, told };
}

suite('AnswerCollector', () => {
	test('keeps a dozen partial pictures of a host that sends thousands, and the final one', async () => {
		const { scanner, collector, told } = scannerInto(new MemorySpool());
		const partial = `data: {"type":"image_generation.partial_image","b64_json":"${picture}"}\n\n`;
		scanner.push(Buffer.from(partial.repeat(2000)));
		scanner.push(Buffer.from(`data: {"type":"image_generation.completed","b64_json":"${picture}"}\n\n`));
		scanner.finish();
		await collector.settled();
		assert.deepEqual(
			told.map(({ role }) => role),
			[...Array.from({ length: 12 }, () => 'partial'), 'final'],
		);
	});

	test('tells a partial picture by a type that comes behind it', async () => {
		const { scanner, collector, told } = scannerInto(new MemorySpool());
		scanner.push(Buffer.from(`data: {"b64_json":"${picture}","type":"image_generation.partial_image"}\n\n`));
		scanner.push(Buffer.from(`data: {"b64_json":"${picture}","type":"image_generation.completed"}\n\n`));
		scanner.finish();
		await collector.settled();
		assert.deepEqual(
			told.map(({ role }) => role),
			['partial', 'final'],
		);
		assert.equal(collector.isOver, true);
	});

	test('does not keep in memory what never ends and never says what it is', () => {
		let written = 0;
		const opened: string[] = [];
		const open: PictureSpool['open'] = role => {
			opened.push(role);
			const write = (bytes: Uint8Array): void => void (written += bytes.length);
			return { write, finish: () => Promise.resolve({ kind: 'incomplete', bytes: written }), abandon: () => Promise.resolve() };
		};
		const { scanner } = scannerInto({ open });
		scanner.push(Buffer.from('data: {"b64_json":"'));
		for (let megabytes = 0; megabytes < 90; megabytes++) {
			scanner.push(Buffer.alloc(1024 * 1024, 'A'));
		}
		assert.deepEqual(opened, ['final']);
		assert.ok(written > 67_000_000, String(written));
	});

	test('closes a picture in whose middle its event ends, and takes the next one for another', async () => {
		const spool = new MemorySpool();
		const { scanner, collector } = scannerInto(spool, [0, 1]);
		const type = '"type":"image_generation.completed"';
		scanner.push(
			Buffer.from(`data: {${type},"b64_json":"${picture.slice(0, 40)}\nid: 1\n\ndata: {${type},"b64_json":"${picture}"}\n\n`),
		);
		scanner.finish();
		await collector.settled();
		assert.deepEqual(
			spool.pictures.map(({ state, bytes }) => [state, bytes.length]),
			[
				['abandoned', 30],
				['stored', Buffer.from(picture, 'base64').length],
			],
		);
	});

	for (const [what, end] of [
		['the final picture', `{"type":"image_generation.completed","b64_json":"${picture}"}`],
		['an error', '{"error":{"message":"Refused."}}'],
	] as const) {
		test(`hears nothing of what follows ${what}, as in another piece it would not have come`, async () => {
			const [alone, followed] = [scannerInto(new MemorySpool()), scannerInto(new MemorySpool())];
			const rest = [`{"type":"image_generation.completed","b64_json":"${picture}","size":"1x1"}`, '{"error":"late"}', '[DONE]'];
			alone.scanner.push(Buffer.from(`data: ${end}\n\n`));
			followed.scanner.push(Buffer.from([end, ...rest].map(data => `data: ${data}\n\n`).join('')));
			await alone.collector.settled();
			await followed.collector.settled();
			const [expected, found] = [alone, followed].map(({ collector, told }) => {
				const { facts, error, isDone, hasEnded } = collector;
				return { facts, error, isDone, hasEnded, told };
			});
			assert.deepEqual(found, expected);
			assert.equal(found?.hasEnded, true);
		});
	}

	test('waits for the end of the last picture, even of a document that is broken before it', () => {
		const { scanner, collector } = scannerInto(new MemorySpool());
		scanner.push(Buffer.from('{"data":]{"b64_json":"iVBORw0KGgo'));
		assert.deepEqual([scanner.isClosed, collector.hasAllPictures], [true, false]);
		scanner.push(Buffer.from('="'));
		assert.equal(collector.hasAllPictures, true);
	});

	test('tells flaws in the order of the pictures', async () => {
		const { scanner, collector } = scannerInto(new MemorySpool(), [0, 1]);
		scanner.push(Buffer.from(`{"data":[{"b64_json":"${picture.slice(0, 40)}"},{"b64_json":"${picture.slice(0, 40)}*"}]}`));
		scanner.finish();
		await collector.settled();
		assert.deepEqual(
			collector.flaws.map(({ kind }) => kind),
			['incomplete', 'damaged'],
		);
	});
});
