import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canaryToken } from '../launch/lib/canary.mjs';

/** A program named `az` in a folder of its own, to be put at the head of the PATH. */
export interface FakeAzureCli {
	readonly folder: string;
	/** The arguments of each call, as one line. */
	readonly calls: readonly string[];
	/** Gives out tokens, each another one. */
	signIn(lifetimeSeconds?: number): void;
	/** Says what the real one says when nobody is signed in. */
	signOut(): void;
	/** Says this on standard error, and fails. */
	fail(words: string): void;
	/** Takes its time. */
	hang(): void;
	remove(): void;
}

const script = `#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
. "$(dirname "$0")/behaviour"
`;

/** Writes the program. It is a shell script: not for Windows. */
export function installAzureCli(): FakeAzureCli {
	const folder = mkdtempSync(join(tmpdir(), 'imgprompt-az-'));
	const behave = (lines: string): void => writeFileSync(join(folder, 'behaviour'), lines);
	writeFileSync(join(folder, 'az'), script);
	chmodSync(join(folder, 'az'), 0o755);
	const cli: FakeAzureCli = {
		folder,
		get calls() {
			const path = join(folder, 'calls');
			return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
		},
		signIn: (lifetimeSeconds = 3600) =>
			behave(
				`count=$(wc -l < "$(dirname "$0")/calls" | tr -d ' ')\n` +
					`printf '{"accessToken":"az%s.${canaryToken}","expires_on":%s,"tokenType":"Bearer"}' "$count" "$(($(date +%s) + ${lifetimeSeconds}))"\n`,
			),
		signOut: () => behave(`echo "ERROR: Please run 'az login' to setup account." >&2\nexit 1\n`),
		fail: words => behave(`printf '%s\\n' '${words.replaceAll("'", '')}' >&2\nexit 1\n`),
		hang: () => behave('sleep 30\n'),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
	cli.signOut();
	return cli;
}
