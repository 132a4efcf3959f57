import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { errorCode } from '../records/recordFiles';
import { promptOrigin } from './promptOrigin';

const storedSession = z.strictObject({ version: z.literal(1), origin: promptOrigin, runId: z.optional(z.string()) });

/** What is kept of a panel so that it comes back after a reload. */
export type StoredSession = z.output<typeof storedSession>;

const validId = /^[0-9a-f-]{8,40}$/;

/**
 * One small file per open panel. Not a Memento: windows that share one overwrite each other's entries.
 */
export class SessionStore {
	readonly #folder: string;
	#turn: Promise<void> = Promise.resolve();

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Writes one after another: the last one asked for is the one that stays. Rejects when the disk refuses. */
	write(id: string, session: StoredSession): Promise<void> {
		const written = this.#turn.then(() => this.#write(id, session));
		// The next one's turn comes however this one ends; whoever asked for this one sees its error.
		this.#turn = written.catch(() => undefined);
		return written;
	}

	/** `undefined` when nothing readable is there. `id` may come from a page and is not trusted. */
	async read(id: string): Promise<StoredSession | undefined> {
		if (!validId.test(id)) {
			return undefined;
		}
		try {
			const parsed = storedSession.safeParse(JSON.parse(await readFile(join(this.#folder, `${id}.json`), 'utf8')));
			return parsed.success ? parsed.data : undefined;
		} catch {
			// Missing or torn: the panel then says that nothing is known of it.
			return undefined;
		}
	}

	/** The runs of all panels, of other windows too, that were open in the last `maxAgeMs`. */
	async runIds(maxAgeMs: number, now: number): Promise<readonly string[]> {
		const runIds: string[] = [];
		for (const name of await this.#names()) {
			const seen = await lastSeen(join(this.#folder, name));
			const session = seen !== undefined && now - seen <= maxAgeMs ? await this.read(name.replace(/\.json$/, '')) : undefined;
			runIds.push(...(session?.runId === undefined ? [] : [session.runId]));
		}
		return runIds;
	}

	/** Forgets panels that nobody has looked at for `maxAgeMs`: VS Code does not tell whether a closed panel may come back. */
	async prune(maxAgeMs: number, now: number): Promise<void> {
		for (const name of await this.#names()) {
			const path = join(this.#folder, name);
			const seen = await lastSeen(path);
			if (seen !== undefined && now - seen > maxAgeMs) {
				await rm(path, { force: true });
			}
		}
	}

	/** Prompts are in it: only the user can read it. */
	async #write(id: string, session: StoredSession): Promise<void> {
		await mkdir(this.#folder, { recursive: true, mode: 0o700 });
		const temporary = join(this.#folder, `${id}.json.tmp`);
		const file = await open(temporary, 'w', 0o600);
		try {
			await file.writeFile(JSON.stringify(session));
		} finally {
			await file.close();
		}
		await rename(temporary, join(this.#folder, `${id}.json`));
	}

	async #names(): Promise<readonly string[]> {
		try {
			return await readdir(this.#folder);
		} catch {
			// No panel was ever kept.
			return [];
		}
	}
}

/** In milliseconds since the epoch. `undefined`: another window has just removed it. */
async function lastSeen(path: string): Promise<number | undefined> {
	try {
		return (await stat(path)).mtimeMs;
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}
