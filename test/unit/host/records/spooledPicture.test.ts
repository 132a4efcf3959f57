import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { PictureWriter } from '../../../../src/core/run/ports';
import { StorageError } from '../../../../src/core/run/storageError';
import { maxPictureBytes, SpooledPicture } from '../../../../src/host/records/spooledPicture';
import { diskFiles, type RecordFiles } from '../../../../src/host/records/recordFiles';
import { quickFiles, systemError, watchedFiles } from '../../../fakes/dyingDisk';
import { jpegPicture, pngPicture } from '../../../fakes/pictures';
import { names, temporaryFolder } from './recordsFixture';

const png = pngPicture({ width: 64, height: 48, contentCredentials: true });

async function writeIn(writer: PictureWriter, bytes: Uint8Array, lengths: readonly number[]): Promise<void> {
	let at = 0;
	for (const length of [...lengths, bytes.length]) {
		await writer.write(bytes.subarray(at, at + length));
		at += length;
	}
}

suite('A picture that is spooled', () => {
	const folder = temporaryFolder();

	function spool(files: RecordFiles = quickFiles, stem = 'final-0'): SpooledPicture {
		return new SpooledPicture(files, { folder: folder.path, stem, role: 'final', candidate: 0 });
	}

	test('lies under its final name with its own format when it is whole, byte for byte', async () => {
		const writer = spool(diskFiles);
		await writeIn(writer, png, [1, 7, 100]);
		assert.deepEqual(await writer.finish(), {
			kind: 'stored',
			picture: {
				role: 'final',
				candidate: 0,
				fileName: 'final-0.png',
				width: 64,
				height: 48,
				format: 'png',
				bytes: png.length,
				sha256: createHash('sha256').update(png).digest('hex'),
				isComplete: true,
				hasContentCredentials: true,
				hasAlphaChannel: false,
			},
		});
		assert.deepEqual(await names(folder.path), ['final-0.png']);
		assert.deepEqual(await readFile(join(folder.path, 'final-0.png')), png);
	});

	test('is named after its bytes, not after what was asked for', async () => {
		const writer = spool();
		await writer.write(jpegPicture({ width: 8, height: 8 }));
		const outcome = await writer.finish();
		assert.equal(outcome.kind === 'stored' && outcome.picture.fileName, 'final-0.jpg');
	});

	test('is the same however it is cut into pieces, and without waiting for the writes', async () => {
		let number = 0;
		const large = pngPicture({ width: 64, height: 64, bytes: 1_400_000 });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(700_000), { maxLength: 12 }), fc.boolean(), async (lengths, isPatient) => {
				const writer = spool(quickFiles, `final-${++number}`);
				if (isPatient) {
					await writeIn(writer, large, lengths);
				} else {
					let at = 0;
					for (const length of [...lengths, large.length]) {
						void writer.write(large.subarray(at, at + length));
						at += length;
					}
				}
				const outcome = await writer.finish();
				assert.equal(outcome.kind, 'stored');
				assert.ok(large.equals(await readFile(join(folder.path, `final-${number}.png`))));
			}),
			{ numRuns: 8 },
		);
	});

	for (const [name, bytes, outcome] of [
		['is cut off', png.subarray(0, -1), { kind: 'incomplete', bytes: png.length - 1 }],
		['is an HTML page', Buffer.from('<!doctype html><title>Sign in</title>'), { kind: 'notAPicture', detail: 'an HTML page' }],
	] as const) {
		test(`that ${name} keeps its spool name, and says so`, async () => {
			const writer = spool();
			await writer.write(bytes);
			assert.deepEqual(await writer.finish(), outcome);
			assert.deepEqual(await names(folder.path), ['final-0.part']);
			assert.deepEqual(await readFile(join(folder.path, 'final-0.part')), Buffer.from(bytes));
		});
	}

	test('without a byte is no picture, and leaves no file', async () => {
		const writer = spool();
		await writer.write(new Uint8Array());
		assert.deepEqual((await writer.finish()).kind, 'notAPicture');
		assert.deepEqual(await names(folder.path), []);
	});

	test('that is given up stays as far as it came', async () => {
		const writer = spool();
		void writer.write(png.subarray(0, 50));
		await writer.abandon();
		assert.deepEqual(await readFile(join(folder.path, 'final-0.part')), png.subarray(0, 50));
		assert.throws(() => writer.write(png), /has ended/);
	});

	test('makes its caller wait when the disk is slower than the line', async () => {
		const waits: boolean[] = [];
		const writer = spool();
		const large = new Uint8Array(400_000);
		for (let piece = 0; piece < 4; piece++) {
			const written = writer.write(large);
			waits.push(written !== undefined);
			await written;
		}
		assert.deepEqual(waits, [false, false, true, false]);
		await writer.abandon();
	});

	test('that never ends is refused before it fills the disk, and its beginning stays', async () => {
		const place = { folder: folder.path, stem: 'final-0', role: 'final', candidate: 0 } as const;
		const writer = new SpooledPicture(quickFiles, place, 1000);
		await writer.write(png.subarray(0, 30));
		const isTooLarge = (error: unknown) => error instanceof StorageError && /larger than 0 MB/.test(error.message);
		await assert.rejects(async () => writer.write(new Uint8Array(971)), isTooLarge);
		await assert.rejects(async () => writer.write(new Uint8Array(1)), isTooLarge);
		await writer.abandon();
		assert.deepEqual(await readFile(join(folder.path, 'final-0.part')), png.subarray(0, 30));
		assert.ok(maxPictureBytes > 3840 * 2160 * 4 * 4);
	});

	test('never replaces a spool file that lies there', async () => {
		const first = spool();
		await first.write(png);
		await first.abandon();
		const second = spool();
		await second.write(png);
		await assert.rejects(second.finish(), StorageError);
	});

	for (const step of ['create final-0.part', 'write final-0.part', 'sync final-0.part', 'rename to final-0.png']) {
		test(`tells of a full disk at «${step}», and bears no final name`, async () => {
			const files = watchedFiles(next => {
				if (next === step) {
					throw systemError('ENOSPC');
				}
			});
			const writer = spool(files);
			void writer.write(png);
			await assert.rejects(writer.finish(), error => error instanceof StorageError && /disk is full/.test(error.message));
			assert.ok(!(await names(folder.path)).includes('final-0.png'));
		});
	}

	test('is kept when only its name can’t be made to survive a power cut', async () => {
		const writer = spool(
			watchedFiles(step => {
				if (step === 'sync folder') {
					throw systemError('EIO');
				}
			}),
		);
		await writer.write(png);
		const outcome = await writer.finish();
		assert.equal(outcome.kind === 'stored' && outcome.picture.fileName, 'final-0.png');
		assert.deepEqual(await readFile(join(folder.path, 'final-0.png')), png);
	});

	test('tells whoever writes on after the disk refused', async () => {
		const writer = spool(
			watchedFiles(() => {
				throw systemError('EACCES');
			}),
		);
		void writer.write(png);
		await new Promise(resolve => setTimeout(resolve, 5));
		await assert.rejects(async () => writer.write(png), StorageError);
		await writer.abandon();
	});

	test('closes its file when the disk refuses, also when nobody comes back to give it up', async () => {
		let open = 0;
		const refusing = watchedFiles(step => {
			if (step.startsWith('write')) {
				throw systemError('ENOSPC');
			}
		});
		const writer = spool({
			...refusing,
			createFile: async path => {
				const file = await refusing.createFile(path);
				open++;
				return {
					...file,
					close: async () => {
						await file.close();
						open--;
					},
				};
			},
		});
		await assert.rejects(async () => {
			await writer.write(new Uint8Array(2_000_000));
		}, StorageError);
		assert.equal(open, 0);
	});

	test('does not dress up a defect as a refusal of the disk', async () => {
		const defect = new TypeError('A defect of ours');
		const writer = spool(
			watchedFiles(() => {
				throw defect;
			}),
		);
		void writer.write(png);
		await assert.rejects(writer.finish(), error => error === defect);
	});
});
