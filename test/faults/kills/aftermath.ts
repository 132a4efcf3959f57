import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, utimesSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LedgerEntry, RunRecord } from '../../../src/core/run/records';
import { recoverRuns } from '../../../src/core/run/recoverRuns';
import { createFileLedger } from '../../../src/host/records/fileLedger';
import { createFileRunStore } from '../../../src/host/records/fileRunStore';
import { createOwnerId, isOwnerAlive } from '../../../src/host/records/owner';
import { parsePictureName } from '../../../src/host/records/pictureNames';
import { systemClock } from '../../../src/host/systemClock';
import { quickFiles } from '../../fakes/dyingDisk';
import { paint } from '../../fakes/imagesApi/answers';
import type { Deed } from './doomed';
import { paintingOf, planOf, type Scenario } from './scenario';

/** What the dead process and the host know, against which the records are held. */
export interface Evidence {
	readonly folder: string;
	readonly scenario: Scenario;
	readonly deeds: readonly Deed[];
	/** How many requests the host has accepted: what is paid for. */
	readonly accepted: number;
	readonly survived: boolean;
}

/**
 * What a later process finds: asserts that nothing is half, nothing is lost that was there, the account is in order, and that there is
 * nothing more to do after one recovery. Returns how the run ended, or `none` where none was recorded yet.
 */
export async function checkAftermath(evidence: Evidence): Promise<string> {
	const before = lastWords(evidence.folder);
	checkPictures(evidence);
	await recover(evidence.folder);
	checkPictures(evidence);
	const after = snapshot(evidence.folder);
	assert.deepEqual(await recover(evidence.folder), [], 'a second recovery finds something to do');
	assert.deepEqual(snapshot(evidence.folder), after, 'a second recovery changes something');
	const record = lastWords(evidence.folder);
	// A run that never came to be has sent nothing; whether its maker is still at it can't be told by its folder.
	const temporary = record ? [...after.keys()].filter(path => path.endsWith('.tmp')) : [];
	assert.deepEqual(temporary, [], 'a temporary file stays');
	for (const path of [...after.keys()].filter(file => file.endsWith('lock'))) {
		assert.equal(await isOwnerAlive(readFileSync(path, 'utf8')), false, `${path} would keep others out`);
	}
	assert.ok(record || evidence.accepted === 0, 'a run that is paid for is lost');
	checkLedger(evidence, record);
	if (!record) {
		return 'none';
	}
	assert.equal(record.state, 'finished');
	checkKept(evidence, record);
	const status = record.result?.status ?? '';
	assert.equal(status, statusFor(evidence, before, status));
	return status;
}

/** A picture that was kept makes a run that was cut off uncertain, not succeeded: its end was never seen. */
function statusFor({ accepted, survived }: Evidence, before: RunRecord | undefined, found: string): string {
	if (survived || before?.state === 'finished') {
		return before?.result?.status ?? '';
	}
	if (accepted > 0) {
		return 'uncertain';
	}
	// Without an acceptance the record tells whether anything can have left.
	return before?.state === 'left' ? 'uncertain' : before ? 'failed' : found;
}

async function recover(folder: string): Promise<readonly RunRecord[]> {
	ageEmptyLocks(folder);
	const store = createFileRunStore({ root: join(folder, 'runs'), ownerId: createOwnerId(), files: quickFiles });
	return recoverRuns(store, createFileLedger(join(folder, 'ledger'), quickFiles), systemClock);
}

/** A lock without a name is just being taken, or was when its taker died: which of them, only time tells. */
function ageEmptyLocks(folder: string): void {
	for (const path of filesBelow(folder).filter(file => basename(file).endsWith('lock') && statSync(file).size === 0)) {
		utimesSync(path, 1, 1);
	}
}

/** Each file under a final name is the true picture; each unfinished one is its beginning. */
function checkPictures({ folder, scenario }: Evidence): void {
	const painted = paint(planOf(scenario, 'http://host').requests[0]?.body ?? {}, paintingOf(scenario));
	for (const path of filesBelow(join(folder, 'runs'))) {
		const name = parsePictureName(basename(path));
		if (name) {
			const truths = name.role === 'final' ? painted.pictures : painted.partials;
			const file = readFileSync(path);
			const isTrue = truths.some(truth => (name.isSpool ? truth.subarray(0, file.length).equals(file) : truth.equals(file)));
			assert.ok(isTrue, `${path} is not what its name says`);
		}
	}
}

/** What the system had taken of a picture is there, and what the run was told of is in its record. */
function checkKept({ folder, deeds }: Evidence, record: RunRecord): void {
	const kept = [...record.partials, ...record.pictures].map(({ fileName }) => fileName);
	const told = deeds.flatMap(deed => (deed.kind === 'told' ? [deed.fileName] : []));
	assert.deepEqual(
		told.filter(fileName => !kept.includes(fileName)),
		[],
		'a picture that had arrived is not listed',
	);
	const sizes = new Map(filesBelow(join(folder, 'runs', record.runId)).map(path => [stemOf(path), statSync(path).size]));
	const written = new Map<string, number>();
	for (const deed of deeds) {
		if (deed.kind === 'wrote' && parsePictureName(deed.fileName)) {
			written.set(stemOf(deed.fileName), (written.get(stemOf(deed.fileName)) ?? 0) + deed.bytes);
		}
	}
	for (const [stem, bytes] of written) {
		assert.ok((sizes.get(stem) ?? 0) >= bytes, `${bytes} bytes of ${stem} had been written, and ${sizes.get(stem) ?? 0} are there`);
	}
	for (const { fileName, sha256, bytes } of [...record.partials, ...record.pictures]) {
		assert.equal(statSync(join(folder, 'runs', record.runId, fileName)).size, bytes);
		assert.match(sha256, /^[0-9a-f]{64}$/);
	}
}

function checkLedger({ folder, accepted }: Evidence, record: RunRecord | undefined): void {
	const lines = filesBelow(join(folder, 'ledger')).flatMap(path => readFileSync(path, 'utf8').split('\n').filter(Boolean));
	const entries = lines.flatMap(line => {
		try {
			return [JSON.parse(line) as LedgerEntry];
		} catch {
			return []; // torn by the death of the process
		}
	});
	const claims = entries.filter(({ type }) => type === 'claim');
	const settled = entries.filter(({ type }) => type === 'settle');
	assert.ok(claims.length === 1 || (claims.length === 0 && accepted === 0), `${claims.length} claims`);
	assert.deepEqual(
		settled.map(({ runId, status }) => ({ runId, status })),
		claims.map(({ runId }) => ({ runId, status: record?.result?.status })),
		'each claim is settled once, as the record says',
	);
}

function lastWords(folder: string): RunRecord | undefined {
	const [path, ...others] = filesBelow(join(folder, 'runs')).filter(file => basename(file) === 'run.json');
	assert.deepEqual(others, []);
	return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as RunRecord);
}

function snapshot(folder: string): ReadonlyMap<string, string> {
	return new Map(filesBelow(folder).map(path => [path, readFileSync(path, 'base64')]));
}

function stemOf(path: string): string {
	return parsePictureName(basename(path))?.stem ?? basename(path);
}

function filesBelow(folder: string): readonly string[] {
	if (!existsSync(folder)) {
		return [];
	}
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name))
		.sort();
}
