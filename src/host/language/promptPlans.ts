import * as vscode from 'vscode';
import { unknownConnectionProblem } from '../../core/connection/chooseConnection';
import { sandboxConnection } from '../../core/connection/sandboxConnection';
import type { Capability } from '../../core/model/capability';
import { chooseModel } from '../../core/plan/chooseModel';
import { makePlan } from '../../core/plan/makePlan';
import type { ConnectionChoice, PlanOutcome } from '../../core/plan/plan';
import type { Problem } from '../../core/problem';
import { parsePrompt } from '../../core/prompt/parsePrompt';
import type { PromptDocument } from '../../core/prompt/promptDocument';
import { folderForPlan } from '../assets/documentPlace';
import type { Connections } from '../connections/connections';
import type { UserSettings } from '../connections/settings';

/** A prompt, the connection that would send it, and what would be sent. */
export interface PlannedPrompt {
	readonly document: PromptDocument;
	readonly choice: ConnectionChoice;
	/** Without a connection it is `invalid`: with the unknown name as a problem, or with the problems of form alone (`ambiguous`). */
	readonly outcome: PlanOutcome;
	/** What the model in force accepts; without a connection, what the sandbox does. */
	readonly capability: Capability;
}

interface CachedPlan {
	readonly version: number;
	readonly day: string;
	readonly planned: PlannedPrompt;
}

/** Reads and plans prompts. Everything that looks at one version of an editor's document shares one plan. */
export class PromptPlans implements vscode.Disposable {
	readonly #settings: UserSettings;
	readonly #connections: Connections;
	readonly #today: () => string;
	readonly #changed = new vscode.EventEmitter<void>();
	/** Settings or connections changed: former plans no longer hold. */
	readonly onDidChange = this.#changed.event;
	readonly #subscription: vscode.Disposable;
	#cache = new WeakMap<vscode.TextDocument, CachedPlan>();

	/** `today` is `YYYY-MM-DD`: models end on a day. */
	constructor(settings: UserSettings, connections: Connections, today: () => string) {
		this.#settings = settings;
		this.#connections = connections;
		this.#today = today;
		this.#subscription = connections.onDidChange(() => {
			this.#cache = new WeakMap();
			this.#changed.fire();
		});
	}

	/** The plan of a document as it is in the editor now. */
	plan(document: vscode.TextDocument): PlannedPrompt {
		const day = this.#today();
		const cached = this.#cache.get(document);
		if (cached?.version === document.version && cached.day === day) {
			return cached.planned;
		}
		const planned = this.planPrompt(parsePrompt(document.getText()), document.uri);
		this.#cache.set(document, { version: document.version, day, planned });
		return planned;
	}

	/** The plan of a prompt from anywhere. `uri`: the document that it stands in, if it stands in one. */
	planPrompt(document: PromptDocument, uri?: vscode.Uri): PlannedPrompt {
		const choice = this.#connections.choose(document.keys.connection?.value);
		const connection = choice.kind === 'found' ? choice.connection : sandboxConnection;
		const folder = folderForPlan(uri);
		const input = { document, connection, settings: this.#settings.current.planSettings, today: this.#today(), folder };
		const { capability } = chooseModel(document, connection, input.settings, input.today);
		const outcome: PlanOutcome =
			choice.kind === 'found' ? makePlan(input) : { kind: 'invalid', problems: problemsWithoutConnection(document, choice) };
		return { document, choice, outcome, capability };
	}

	/** `YYYY-MM-DD`, as plans see it. */
	today(): string {
		return this.#today();
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#changed.dispose();
	}
}

function problemsWithoutConnection(document: PromptDocument, choice: Exclude<ConnectionChoice, { kind: 'found' }>): readonly Problem[] {
	return choice.kind === 'unknown' ? [unknownConnectionProblem(choice, document), ...document.problems] : document.problems;
}

/** Everything that is to be said about a planned prompt. */
export function problemsOf({ outcome }: PlannedPrompt): readonly Problem[] {
	return outcome.kind === 'ready' ? outcome.plan.problems : outcome.problems;
}
