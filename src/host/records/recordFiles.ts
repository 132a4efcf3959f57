import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { StorageError } from '../../core/run/storageError';

/** A file that is being written. */
export interface OpenFile {
	/** Writes all of it, at the end. */
	write(bytes: Uint8Array): Promise<void>;
	/** Resolves when what was written survives a power cut. */
	sync(): Promise<void>;
	close(): Promise<void>;
}

/** The few things that records do with the disk, so that tests can stop between any two of them. */
export interface RecordFiles {
	/** Fails with `EEXIST` when it exists. The parent folder must exist. */
	makeFolder(path: string): Promise<void>;
	/** With its parents; an existing folder is fine. */
	ensureFolder(path: string): Promise<void>;
	/** Fails with `EEXIST` when it exists. */
	createFile(path: string): Promise<OpenFile>;
	openForAppend(path: string): Promise<OpenFile>;
	/** Makes a file that lies there survive a power cut. */
	syncFile(path: string): Promise<void>;
	/** Replaces `to`. */
	rename(from: string, to: string): Promise<void>;
	/** Makes renames in a folder survive a power cut, where the system can. */
	syncFolder(path: string): Promise<void>;
	remove(path: string): Promise<void>;
	/** With all that is in it; links in it are removed, not followed. */
	removeFolder(path: string): Promise<void>;
}

/** The real disk. Only the user can read what is written. */
export const diskFiles: RecordFiles = {
	makeFolder: async path => {
		await fs.mkdir(path, { mode: 0o700 });
	},
	ensureFolder: async path => {
		await fs.mkdir(path, { recursive: true, mode: 0o700 });
	},
	createFile: path => open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY),
	openForAppend: path => open(path, constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY),
	syncFile,
	rename: renamePatiently,
	syncFolder,
	remove: path => fs.rm(path, { force: true }),
	removeFolder: path => fs.rm(path, { recursive: true, force: true, maxRetries: 3 }),
};

async function open(path: string, flags: number): Promise<OpenFile> {
	const handle = await fs.open(path, flags, 0o600);
	return {
		write: bytes => writeAll(handle, bytes),
		sync: () => handle.sync(),
		close: () => handle.close(),
	};
}

async function syncFile(path: string): Promise<void> {
	const handle = await fs.open(path, constants.O_RDWR);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** One system call where the disk takes all at once, as it does short of being full. */
async function writeAll(handle: fs.FileHandle, bytes: Uint8Array): Promise<void> {
	for (let offset = 0; offset < bytes.length;) {
		const { bytesWritten } = await handle.write(bytes, offset);
		offset += bytesWritten;
	}
}

/** On Windows a virus scanner that looks at a fresh file keeps it from being renamed for a moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
	for (let waitMs = 10; ; waitMs *= 2) {
		try {
			await fs.rename(from, to);
			return;
		} catch (error) {
			if (process.platform !== 'win32' || waitMs > 500 || !['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')) {
				throw error;
			}
			await new Promise(resolve => setTimeout(resolve, waitMs));
		}
	}
}

async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') {
		return; // A folder cannot be opened there; its journal keeps the order of renames.
	}
	const handle = await fs.open(path, constants.O_RDONLY);
	try {
		await handle.sync();
	} catch (error) {
		// Some network file systems cannot: the rename is done, only its survival of a power cut is not promised.
		if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'].includes(errorCode(error) ?? '')) {
			throw error;
		}
	} finally {
		await handle.close();
	}
}

/** The system's code of an error, such as `ENOENT`. `undefined`: the system has nothing to do with it. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error ? error.code : undefined;
}

/** Runs `work` on the disk. What the system refuses becomes a `StorageError` that names `path`; a defect stays what it is. */
export async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const code = errorCode(error);
		throw code === undefined ? error : new StorageError(refusal(code, path), { cause: error });
	}
}

function refusal(code: string, path: string): string {
	switch (code) {
		case 'ENOSPC':
		case 'EDQUOT':
			return `The disk is full: ${path} could not be written. Free some space and try again.`;
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return `${path} is not writable. Check its permissions and try again.`;
		case 'ENAMETOOLONG':
			return `The path ${path} is too long for this system. Move the editor's storage to a shorter path.`;
		default:
			return `${path} could not be written (${code}). Check the disk and try again.`;
	}
}
