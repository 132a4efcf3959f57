import { sep } from 'node:path';
import type { OpenFile, RecordFiles } from '../../src/host/records/recordFiles';
import { quickFiles, systemError } from './dyingDisk';

/** A disk that is mounted at a folder and has so many bytes. The rest of the machine has all the room that there is. */
export interface SmallDisk {
	readonly files: RecordFiles;
	/** Bytes that are still free. */
	free: number;
	/** Nothing can be written any more, and nothing be removed. */
	isReadOnly: boolean;
}

/** Mounts one at `root` (an absolute path), which need not exist. A write takes what fits and then fails, as the system's does. */
export function smallDisk(root: string, capacity: number): SmallDisk {
	const disk = { files: quickFiles, free: capacity, isReadOnly: false };
	const sizes = new Map<string, number>();
	const isHere = (path: string) => path === root || path.startsWith(root + sep);
	const refuse = (path: string) => {
		if (isHere(path) && disk.isReadOnly) {
			throw systemError('EROFS');
		}
	};
	const limited = (path: string, file: OpenFile): OpenFile => ({
		...file,
		async write(bytes) {
			refuse(path);
			const fitting = Math.min(bytes.length, disk.free);
			await file.write(bytes.subarray(0, fitting));
			disk.free -= fitting;
			sizes.set(path, (sizes.get(path) ?? 0) + fitting);
			if (fitting < bytes.length) {
				throw systemError('ENOSPC');
			}
		},
	});
	const opened = async (path: string, open: (path: string) => Promise<OpenFile>) => {
		refuse(path);
		const file = await open(path);
		return isHere(path) ? limited(path, file) : file;
	};
	const release = (path: string) => {
		disk.free += sizes.get(path) ?? 0;
		sizes.delete(path);
	};
	disk.files = {
		...quickFiles,
		createFile: path => opened(path, name => quickFiles.createFile(name)),
		openForAppend: path => opened(path, name => quickFiles.openForAppend(name)),
		async remove(path) {
			refuse(path);
			await quickFiles.remove(path);
			release(path);
		},
		async rename(from, to) {
			refuse(to);
			await quickFiles.rename(from, to);
			release(to);
			sizes.set(to, sizes.get(from) ?? 0);
			sizes.delete(from);
		},
	};
	return disk;
}
