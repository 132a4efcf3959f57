import { realpathSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

/** The value after `--NAME` (or in `--NAME=value`), or `undefined`. */
export function optionValue(name) {
	const at = argv.findIndex(argument => argument === `--${name}` || argument.startsWith(`--${name}=`));
	if (at < 0) {
		return undefined;
	}
	return argv[at].includes('=') ? argv[at].slice(argv[at].indexOf('=') + 1) : argv[at + 1];
}

/** Whether `--NAME` was given. */
export const hasFlag = name => argv.includes(`--${name}`);

/** Runs `work` when the module at `url` is the program itself. A mistake ends the process with exit code 1. */
export function whenStarted(url, work) {
	if (argv[1] && url === pathToFileURL(realpathSync(argv[1])).href) {
		// An ordinary exit lets every launcher end what it started.
		for (const [signal, code] of [
			['SIGINT', 130],
			['SIGTERM', 143],
			['SIGHUP', 129],
		]) {
			process.once(signal, () => process.exit(code));
		}
		work().then(
			code => process.exit(code ?? 0),
			error => {
				console.error(error instanceof Error ? error.stack : error);
				process.exit(1);
			},
		);
	}
}

/** Prints a suite's counts and returns the exit code. */
export function report({ passed, failed }) {
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}
