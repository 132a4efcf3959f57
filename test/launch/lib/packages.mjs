import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './processes.mjs';

/** Installs the repository's packages as the lock file says, unless they already are. */
export async function ensurePackages() {
	if (arePackagesCurrent(root)) {
		return;
	}
	console.log('Installing the packages of package-lock.json (npm ci) …');
	await npm(['ci', '--no-audit', '--no-fund'], root);
}

/** Compares what npm noted about its last installation in `folder` with the lock file, so that file times don't matter. */
function arePackagesCurrent(folder) {
	const noted = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(noted)) {
		return false;
	}
	const installed = JSON.parse(readFileSync(noted, 'utf8')).packages;
	const locked = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
	return Object.entries(locked).every(
		([path, entry]) =>
			path === '' || entry.optional || (installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity),
	);
}
