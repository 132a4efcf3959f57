import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authorities, proxyAccount } from './authorities.mjs';
import { reportChecks } from './budgets.mjs';
import { canaries, checkSearch, searchFor } from './canary.mjs';
import { root } from './processes.mjs';
import { addSecondFolder, copyExtension, makeScratch } from './scratch.mjs';

/** The compiled host tests, as both launchers load them. */
export const hostTestsPath = join(root, 'out', 'host', 'index.js');

const linePrefix = '[test] ';

/** Everything that the extension could log is logged, so that a key in it is found. */
const logLevel = 'imgprompt.imgprompt:trace';

/**
 * Runs the host tests once. Everything but the launch itself is here, so that VS Code from npm and a downloaded VS Code are
 * given the same. Afterwards the key and the tokens that the tests used are searched for in all that the window has left behind; that search
 * counts as one test.
 *
 * @param {{ kind: string, grep?: string, isVerbose?: boolean }} options `kind` is one of `windowKinds`
 * @param {(context: { scratch: ReturnType<typeof makeScratch>, workspace: string, env: Record<string, string>, isTrusted: boolean, logLevel: string, log(line: string): void, extension: string }) => Promise<number | undefined>} launch
 *   opens a window on `workspace` that runs the tests, and resolves with its exit code
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runHostTests({ kind, grep, isVerbose = false }, launch) {
	const scratch = makeScratch();
	const log = openLog(`host-${kind}.log`, isVerbose);
	try {
		const counts = await countsOfRun({ kind, grep, scratch, log }, launch);
		await log.end();
		const search = reportChecks([
			checkSearch(searchFor(canaries, [scratch.folder, log.path]), { needsLogs: true }),
			...(kind === 'proxied' ? [checkProxyPassword(scratch)] : []),
		]);
		return { passed: counts.passed + search.passed, failed: counts.failed + search.failed };
	} finally {
		await log.end();
		scratch.remove();
	}
}

async function countsOfRun({ kind, grep, scratch, log }, launch) {
	const resultFile = join(scratch.folder, 'result.json');
	const env = {
		IMGPROMPT_TEST_WINDOW: kind,
		IMGPROMPT_TEST_RESULT: resultFile,
		...(grep ? { IMGPROMPT_TEST_GREP: grep } : {}),
		...(kind === 'proxied' ? { NODE_EXTRA_CA_CERTS: authorityFile(scratch) } : {}),
	};
	const workspace = kind === 'multiRoot' ? addSecondFolder(scratch) : scratch.workspace;
	const extension = kind === 'loosened' ? loosen(copyExtension(scratch)) : copyExtension(scratch);
	const code = await launch({ scratch, workspace, env, isTrusted: kind !== 'restricted', logLevel, log: log.write, extension });
	const counts = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : { passed: 0, failed: 0 };
	if (code !== 0 || counts.passed + counts.failed === 0) {
		console.error(`The window's exit code is ${code}. All that it logged is in ${log.path}.`);
		return { passed: counts.passed, failed: Math.max(1, counts.failed) };
	}
	return counts;
}

/** Gives every setting of the copied `extension` a scope that a folder can change, as a careless hand might. */
function loosen(extension) {
	const path = join(extension, 'package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8'));
	for (const setting of Object.values(manifest.contributes.configuration.properties)) {
		setting.scope = 'language-overridable';
	}
	writeFileSync(path, JSON.stringify(manifest));
	return extension;
}

/** What an organisation whose proxy looks into all traffic gives to its machines. */
function authorityFile({ folder }) {
	const file = join(folder, 'authority.pem');
	writeFileSync(file, authorities.corporate.authority);
	return file;
}

/** VS Code has to keep the password of its proxy in its settings; nothing of the extension's own may hold it. */
function checkProxyPassword({ dataFolder }) {
	const ownFiles = searchFor(proxyAccount.password, [dataFolder]);
	const found = ownFiles.found.filter(path => /[\\/]imgprompt\.imgprompt[\\/]/.test(path));
	return { ...checkSearch({ ...ownFiles, found }, { needsLogs: true }), name: 'the extension has kept nothing of the proxy’s password' };
}

/** Keeps every line in `out/logs`, and shows those of the tests. */
function openLog(name, isVerbose) {
	const path = join(root, 'out', 'logs', name);
	mkdirSync(join(root, 'out', 'logs'), { recursive: true });
	const file = createWriteStream(path);
	const write = line => {
		file.write(`${line}\n`);
		if (line.startsWith(linePrefix)) {
			console.log(line.slice(linePrefix.length));
		} else if (isVerbose) {
			console.log(line);
		}
	};
	return { path, write, end: () => new Promise(resolve => (file.closed ? resolve() : file.end(resolve))) };
}
