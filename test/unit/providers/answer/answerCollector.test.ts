import * as assert from 'node:assert/strict';
import type { PictureSpool, StoredPicture } from '../../../../src/core/run/ports';
import { AnswerCollector } from '../../../../src/providers/answer/answerCollector';
import { AnswerScanner } from '../../../../src/providers/answer/answerScanner';
import { MemorySpool } from '../../../fakes/memorySpool';
import { pngPicture } from '../../../fakes/pictures';

const picture = pngPicture({ width: 16, height: 16 }).toString('base64');

/** A stream of events as a host writes it, with nothing but `data:` lines. */
function scannerInto(spool: PictureSpool): {
	readonly scanner: AnswerScanner;
	readonly collector: AnswerCollector;
	readonly told: StoredPicture[];
} {
	const told: StoredPicture[] = [];
	const collector = new AnswerCollector({ spool, candidates: [0], onPicture: stored => told.push(stored) });
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
});
