import { diskFiles, type OpenFile, type RecordFiles } from '../../src/host/records/recordFiles';

/** Asked before each step, such as `write final-0.part`. What it throws is what the disk says. */
export type BeforeStep = (step: string) => void | Promise<void>;

/**
 * The real disk, without waiting for the platter (no test cuts the power), and with a say before each step. `halve` makes the
 * write that is asked about write only half of its bytes before `before` is asked.
 */
export function watchedFiles(before: BeforeStep, halve = false): RecordFiles {
	const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? '';
	const watched = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
		await before(step);
		return work();
	};
	const file = (name: string, real: OpenFile): OpenFile => ({
		async write(bytes) {
			const half = halve ? bytes.length >> 1 : 0;
			await real.write(bytes.subarray(0, half));
			await before(`write ${name}`);
			await real.write(bytes.subarray(half));
		},
		sync: () => watched(`sync ${name}`, () => Promise.resolve()),
		close: () => real.close(),
	});
	return {
		makeFolder: path => watched('make folder', () => diskFiles.makeFolder(path)),
		ensureFolder: path => watched('ensure folder', () => diskFiles.ensureFolder(path)),
		createFile: path => watched(`create ${nameOf(path)}`, async () => file(nameOf(path), await diskFiles.createFile(path))),
		openForAppend: path => watched(`open ${nameOf(path)}`, async () => file(nameOf(path), await diskFiles.openForAppend(path))),
		syncFile: path => watched(`sync ${nameOf(path)}`, () => Promise.resolve()),
		rename: (from, to) => watched(`rename to ${nameOf(to)}`, () => diskFiles.rename(from, to)),
		syncFolder: () => watched('sync folder', () => Promise.resolve()),
		remove: path => watched(`remove ${nameOf(path)}`, () => diskFiles.remove(path)),
		removeFolder: path => watched(`remove folder ${nameOf(path)}`, () => diskFiles.removeFolder(path)),
	};
}

/** The real disk, quick. */
export const quickFiles: RecordFiles = watchedFiles(() => undefined);

/** A process that is killed at its `step`th step on the disk: what it was writing then is half written, and nothing follows. */
export interface DyingDisk {
	readonly files: RecordFiles;
	readonly died: Promise<'died'>;
	/** Closes what the dead process held open, as the system would. */
	readonly bury: () => Promise<void>;
}

/** See `DyingDisk`. */
export function dyingDisk(step: number): DyingDisk {
	let steps = 0;
	let onDeath: (death: 'died') => void = () => undefined;
	const died = new Promise<'died'>(resolve => {
		onDeath = resolve;
	});
	const files = watchedFiles(() => {
		if (++steps < step) {
			return undefined;
		}
		onDeath('died');
		return new Promise<never>(() => undefined);
	}, true);
	const handles = new Set<OpenFile>();
	let isBuried = false;
	const held = async (opening: Promise<OpenFile>): Promise<OpenFile> => {
		const real = await opening;
		if (isBuried) {
			await real.close();
			return new Promise<never>(() => undefined);
		}
		handles.add(real);
		return {
			...real,
			close: () => {
				handles.delete(real);
				return real.close();
			},
		};
	};
	return {
		files: { ...files, createFile: path => held(files.createFile(path)), openForAppend: path => held(files.openForAppend(path)) },
		died,
		bury: async () => {
			isBuried = true;
			await Promise.all([...handles].map(handle => handle.close()));
		},
	};
}

/** An error as the system throws it. */
export function systemError(code: string, syscall = 'write'): Error {
	return Object.assign(new Error(`${code}: refused, ${syscall}`), { code, syscall });
}
