import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { RecordFiles } from './recordFiles';

/**
 * Replaces a file whole: whoever reads it at any moment sees the old or the new contents, never a part and never nothing.
 * A file with the ending `.tmp` may be left behind by a process that died.
 */
export async function writeAtomically(files: RecordFiles, path: string, text: string): Promise<void> {
	const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
	try {
		const file = await files.createFile(temporary);
		try {
			await file.write(new TextEncoder().encode(text));
			await file.sync();
		} finally {
			await file.close();
		}
		await files.rename(temporary, path);
	} catch (error) {
		await files.remove(temporary).catch(() => {
			// The first error tells more than the failed tidying after it.
		});
		throw error;
	}
	await files.syncFolder(dirname(path));
}
