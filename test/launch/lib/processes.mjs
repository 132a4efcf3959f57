import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/**
 * Runs a program to its end with its output on ours, and resolves with its exit code. `quiet` keeps the output back and
 * shows it only when the program fails.
 */
export function runProgram(command, args, { quiet = false, ...options } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: root, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options });
		const output = [];
		child.stdout?.on('data', chunk => output.push(chunk));
		child.stderr?.on('data', chunk => output.push(chunk));
		child.on('error', reject);
		child.on('close', code => {
			if (quiet && code !== 0) {
				process.stderr.write(Buffer.concat(output));
			}
			resolve(code ?? 1);
		});
	});
}

/** Like {@link runProgram}, for programs that must succeed. */
export async function mustRun(command, args, options) {
	const code = await runProgram(command, args, options);
	if (code !== 0) {
		throw new Error(`«${[command, ...args].join(' ')}» ended with exit code ${code}.`);
	}
}

/**
 * Runs npm with `args` in `cwd`. What an outer `npm run` told about this repository is taken out of the environment, so
 * that npm sees the folder alone; registry, proxy and certificates stay.
 */
export async function npm(args, cwd) {
	const ofOuterRun = /^(npm_(package|lifecycle)_|npm_(command|config_(local_prefix|prefix|noproxy))$|INIT_CWD$)/i;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofOuterRun.test(name)));
	const script = process.env.npm_execpath;
	if (script?.endsWith('.js')) {
		await mustRun(process.execPath, [script, ...args], { cwd, env });
	} else {
		await mustRun('npm', args, { cwd, env, shell: process.platform === 'win32' });
	}
}

/** Ends `child` and everything that it started (it must be the leader of a process group), at once or after two seconds by force. */
export async function endGroup(child) {
	if (child.exitCode !== null || child.signalCode !== null) {
		return;
	}
	const ended = new Promise(resolve => child.once('exit', resolve));
	signalGroup(child, 'SIGTERM');
	const force = setTimeout(() => signalGroup(child, 'SIGKILL'), 2000);
	await ended;
	clearTimeout(force);
	signalGroup(child, 'SIGKILL');
}

function signalGroup(child, signal) {
	try {
		process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
	} catch (error) {
		if (error.code !== 'ESRCH') {
			throw error;
		}
	}
}
