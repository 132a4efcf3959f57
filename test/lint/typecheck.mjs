// npm run typecheck: checks every run-time against its own tsconfig, as many at once as there are processors.
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const projects = ['test', 'src/host', 'webview', 'src/providers', 'src/core', 'src/protocol', '.'];

function check(project) {
	return new Promise(resolve => {
		const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
		const child = spawn(process.execPath, [tsc, '--project', project, '--pretty', String(Boolean(process.stdout.isTTY))], {
			cwd: root,
		});
		const output = [];
		child.stdout.on('data', chunk => output.push(chunk));
		child.stderr.on('data', chunk => output.push(chunk));
		child.on('close', code => {
			const text = Buffer.concat(output).toString();
			console.log(code === 0 ? `ok   ${project}` : `FAIL ${project}\n${text}`);
			resolve(code === 0);
		});
	});
}

const missing = projects.filter(project => !existsSync(join(root, project, 'tsconfig.json')));
const waiting = [...projects];
const results = [];
async function work() {
	for (let project = waiting.shift(); project; project = waiting.shift()) {
		results.push(await check(project));
	}
}
await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, work));
if (missing.length > 0) {
	console.error(`No tsconfig.json in ${missing.join(', ')}.`);
}
process.exit(missing.length === 0 && results.every(Boolean) ? 0 : 1);
