import type { RunSnapshot } from './executeRun';
import type { PictureSpool, StoredPicture } from './ports';
import type { RunFolder, RunRecord, RunRecordChange } from './records';
import { StorageError } from './storageError';

/** Keeps `run.json` true while requests come and go, and tells a person after each change. */
export class RunRecorder {
	readonly #folder: RunFolder;
	readonly #onChange: (snapshot: RunSnapshot) => void;
	/** Changes that the disk refused: they are shown, and written with the next change. */
	#unsaved: RunRecordChange = {};
	#waiting: RunSnapshot['waiting'];
	#atHost = 0;
	#mayBeProcessed = false;
	#pictures: readonly StoredPicture[] = [];
	#partials: readonly StoredPicture[] = [];
	#requestIds: readonly string[] = [];
	#turn: Promise<void> = Promise.resolve();
	#defect: { readonly error: unknown } | undefined;

	constructor(folder: RunFolder, onChange: (snapshot: RunSnapshot) => void) {
		this.#folder = folder;
		this.#onChange = onChange;
	}

	get record(): RunRecord {
		return { ...this.#folder.record, ...this.#unsaved };
	}

	get spool(): PictureSpool {
		return this.#folder.spool;
	}

	get requestIds(): readonly string[] {
		return this.#requestIds;
	}

	get pictures(): readonly StoredPicture[] {
		return this.#pictures;
	}

	/** Writes that a request may be at the host. It must not be sent before this resolves, and not at all when it rejects. */
	leaving(): Promise<void> {
		this.#atHost++;
		return this.#inTurn(async () => {
			try {
				await this.#folder.update({ ...this.#unsaved, state: 'left' });
			} catch (error) {
				this.#atHost--;
				throw error;
			}
			this.#unsaved = {};
			this.#tell();
		});
	}

	/** A request came back. `isProcessed` is false only if the host provably did nothing with it. */
	async cameBack(isProcessed: boolean): Promise<void> {
		this.#atHost--;
		this.#mayBeProcessed ||= isProcessed;
		if (this.#atHost === 0 && !this.#mayBeProcessed) {
			await this.#change({ state: 'claimed' });
		}
	}

	/** Takes a picture that lies in the folder; it is written in turn. Telling the same picture twice does no harm. */
	keep(picture: StoredPicture): void {
		const known = picture.role === 'final' ? this.#pictures : this.#partials;
		if (known.some(({ fileName }) => fileName === picture.fileName)) {
			return;
		}
		if (picture.role === 'partial') {
			this.#partials = [...this.#partials, picture];
			this.#later({ partials: this.#partials });
		} else {
			this.#pictures = [...this.#pictures, picture].sort((a, b) => a.candidate - b.candidate);
			this.#later({ pictures: this.#pictures });
		}
	}

	keepRequestIds(ids: readonly string[]): void {
		const all = [...new Set([...this.#requestIds, ...ids])];
		if (all.length > this.#requestIds.length) {
			this.#requestIds = all;
			this.#later({ requestIds: all });
		}
	}

	setWaiting(waiting: RunSnapshot['waiting']): void {
		this.#waiting = waiting;
		this.#tell();
	}

	/** Writes the end, after everything that was still being written. Throws what went wrong unseen before. */
	async finish(change: RunRecordChange): Promise<void> {
		const hadLeft = this.#atHost > 0 || this.#mayBeProcessed;
		await this.#change({ ...change, state: 'finished', ...(hadLeft ? { hadLeft } : {}) });
		if (this.#defect) {
			throw this.#defect.error;
		}
	}

	#later(change: RunRecordChange): void {
		this.#change(change).catch((error: unknown) => {
			// Nobody waits here: `finish` throws it.
			this.#defect ??= { error };
		});
	}

	/** A refusing disk does not end a run that is paid for: the change is shown, and tried again with the next one. */
	#change(change: RunRecordChange): Promise<void> {
		return this.#inTurn(async () => {
			const all = { ...this.#unsaved, ...change };
			try {
				await this.#folder.update(all);
				this.#unsaved = {};
			} catch (error) {
				if (!(error instanceof StorageError)) {
					throw error;
				}
				this.#unsaved = all;
			}
			this.#tell();
		});
	}

	#inTurn(work: () => Promise<void>): Promise<void> {
		const done = this.#turn.then(work);
		// The next one's turn comes however this one ends; whoever asked for this one sees its error.
		this.#turn = done.catch(() => undefined);
		return done;
	}

	#tell(): void {
		this.#onChange({ record: this.record, ...(this.#waiting ? { waiting: this.#waiting } : {}) });
	}
}
