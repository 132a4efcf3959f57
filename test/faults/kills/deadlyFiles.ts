import { basename } from 'node:path';
import { diskFiles, type OpenFile, type RecordFiles } from '../../../src/host/records/recordFiles';

/** Passed at each step. Does not come back from the one at which the process dies. */
export type Point = (name: string) => void;

/**
 * The real disk with a point before and after each step that changes something, and in the middle of each write. Without waiting for the
 * platter, as no power is cut. `onWritten` is told which bytes the system has taken.
 */
export function deadlyFiles(point: Point, onWritten: (fileName: string, bytes: number) => void): RecordFiles {
	const around = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
		point(`before ${step}`);
		const value = await work();
		point(`after ${step}`);
		return value;
	};
	const waiting = (step: string) => {
		point(step);
		return Promise.resolve();
	};
	const deadly = (name: string, file: OpenFile): OpenFile => ({
		async write(bytes) {
			const half = bytes.length >> 1;
			point(`before write ${name}`);
			await file.write(bytes.subarray(0, half));
			onWritten(name, half);
			point(`in the middle of write ${name}`);
			await file.write(bytes.subarray(half));
			onWritten(name, bytes.length - half);
			point(`after write ${name}`);
		},
		sync: () => waiting(`sync ${name}`),
		close: () => file.close(),
	});
	const nameOf = (path: string) => basename(path).replace(/[0-9a-f]{8}\.tmp$/, 'tmp');
	const opened = (path: string, step: string, open: () => Promise<OpenFile>) =>
		around(`${step} ${nameOf(path)}`, async () => deadly(nameOf(path), await open()));
	return {
		...diskFiles,
		makeFolder: path => around('make folder', () => diskFiles.makeFolder(path)),
		createFile: path => opened(path, 'create', () => diskFiles.createFile(path)),
		openForAppend: path => opened(path, 'open', () => diskFiles.openForAppend(path)),
		syncFile: path => waiting(`sync ${nameOf(path)}`),
		rename: (from, to) => around(`rename to ${nameOf(to)}`, () => diskFiles.rename(from, to)),
		syncFolder: () => waiting('sync folder'),
		remove: path => around(`remove ${nameOf(path)}`, () => diskFiles.remove(path)),
	};
}
