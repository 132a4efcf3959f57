import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { isProtectedFolder } from '../../core/asset/safePath';
import { errorCode } from './errorCode';

/**
 * Whether `target` would be written inside `root`, and not into `.git` or `.vscode`, once every symbolic link on the way is
 * followed. Neither `target` nor the folders above it need to exist; the deepest one that does decides. A link that leads
 * nowhere counts as leading outside.
 */
export async function isReallyInside(root: string, target: string): Promise<boolean> {
	const realRoot = await realpath(root);
	const parent = await deepestExisting(dirname(target), root);
	return parent !== undefined && isInside(realRoot, parent);
}

/** The real path of the deepest existing folder at or above `folder`; `undefined` for a dangling link. */
async function deepestExisting(folder: string, root: string): Promise<string | undefined> {
	let current = folder;
	for (;;) {
		try {
			return await realpath(current);
		} catch (error) {
			if (errorCode(error) !== 'ENOENT') {
				throw error;
			}
		}
		if (await isLink(current)) {
			return undefined;
		}
		if (current === root || dirname(current) === current) {
			return undefined;
		}
		current = dirname(current);
	}
}

async function isLink(path: string): Promise<boolean> {
	try {
		return (await lstat(path)).isSymbolicLink();
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return false;
		}
		throw error;
	}
}

function isInside(root: string, path: string): boolean {
	const way = relative(root, path);
	return !isAbsolute(way) && !way.split(sep).some(name => name === '..' || isProtectedFolder(name));
}

/** The folder that a new file at `target` needs first: the deepest one that exists. */
export async function existingParent(target: string): Promise<string> {
	for (let current = dirname(target); ; current = dirname(current)) {
		try {
			await lstat(current);
			return current;
		} catch (error) {
			if (errorCode(error) !== 'ENOENT' || dirname(current) === current) {
				throw error;
			}
		}
	}
}

/** Joins a path with `/` to a folder of this machine. */
export function localPath(root: string, path: string): string {
	return join(root, ...path.split('/'));
}
