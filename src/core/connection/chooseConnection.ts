import type { ConnectionChoice } from '../plan/plan';
import { setKeyFix } from '../plan/planFixes';
import type { Problem } from '../problem';
import type { PromptDocument } from '../prompt/promptDocument';
import { nearestName } from '../prompt/nearestName';
import type { Connection } from './connection';
import { sandboxConnection } from './sandboxConnection';

/** Who may name a connection. Empty and absent mean the same. */
export interface ConnectionWishes {
	/** The file's `connection`. */
	readonly named?: string | undefined;
	/** The user's setting `imgprompt.connection`. */
	readonly setting?: string | undefined;
	readonly connections: readonly Connection[];
}

/** The file's connection, else the setting's, else the only one of the user's own, else (none is set up) the sandbox. */
export function chooseConnection({ named, setting, connections }: ConnectionWishes): ConnectionChoice {
	const name = named || setting?.trim();
	const all = connections.some(({ kind }) => kind === 'sandbox') ? connections : [...connections, sandboxConnection];
	const known = all.map(connection => connection.name);
	if (name) {
		const connection = all.find(candidate => candidate.name === name);
		return connection ? { kind: 'found', connection } : { kind: 'unknown', name, known };
	}
	const [first, ...others] = all.filter(({ kind }) => kind !== 'sandbox');
	if (others.length > 0) {
		return { kind: 'ambiguous', known };
	}
	return { kind: 'found', connection: first ?? sandboxConnection };
}

/** The problem of an unknown connection: at the file's `connection` if that is what named it, else about the setting. */
export function unknownConnectionProblem(
	choice: Extract<ConnectionChoice, { kind: 'unknown' }>,
	document: PromptDocument | undefined,
): Problem {
	const located = document?.keys.connection;
	const isFromFile = located?.value === choice.name;
	const closest = nearestName(choice.name, choice.known);
	const advice = closest === undefined ? `There is ${choice.known.map(name => `"${name}"`).join(', ')}.` : `Did you mean "${closest}"?`;
	const names = closest === undefined ? choice.known : [closest, ...choice.known.filter(name => name !== closest)];
	return {
		code: 'unknownConnection',
		severity: 'error',
		range: isFromFile ? located.range : { start: 0, end: 0 },
		message: `There is no connection "${choice.name}"${isFromFile ? '' : ', which the setting "imgprompt.connection" names'}. ${advice}`,
		...(document && isFromFile && document.text !== ''
			? {
					fixes: names.flatMap(name =>
						setKeyFix(document, 'connection', name, { title: `Use "${name}"`, isPreferred: name === closest }),
					),
				}
			: {}),
	};
}
