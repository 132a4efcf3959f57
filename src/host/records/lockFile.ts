import { errorCode, onDisk, type RecordFiles } from './recordFiles';

/** Makes a lock with this text in it. `false`: there is one under this name. Rejects with `StorageError` when the disk refuses. */
export async function makeLockFile(files: RecordFiles, path: string, text: string): Promise<boolean> {
	return onDisk(path, async () => {
		let file;
		try {
			file = await files.createFile(path);
		} catch (error) {
			if (errorCode(error) === 'EEXIST') {
				return false;
			}
			throw error;
		}
		try {
			await file.write(new TextEncoder().encode(text));
		} finally {
			await file.close();
		}
		return true;
	});
}
