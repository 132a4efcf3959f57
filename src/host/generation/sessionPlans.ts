import * as vscode from 'vscode';
import type { Plan } from '../../core/plan/plan';
import { withVariables } from '../../core/prompt/withVariables';
import type { Problem } from '../../core/problem';
import type { Connections } from '../connections/connections';
import { problemsOf, type PromptPlans } from '../language/promptPlans';
import { runSourceOf } from '../sessions/promptOrigin';
import { readPrompt } from '../sessions/promptReader';
import type { PromptSession } from '../sessions/promptSession';

export interface GenerateOptions {
	/** A person is there to be asked which connection to use; code gets a failure instead. */
	readonly isInteractive: boolean;
	/** Values that take the place of the file's `vars`. */
	readonly variables?: Readonly<Record<string, string>>;
}

/** What came of planning a session's prompt. */
export type SessionPlan =
	| { readonly kind: 'ready'; readonly plan: Plan }
	| { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
	/** The prompt's file is no longer there. */
	| { readonly kind: 'gone' }
	| { readonly kind: 'noConnection'; readonly message: string };

/** Plans sessions, and shows each plan in its session. Sends nothing. */
export class SessionPlans {
	readonly #plans: PromptPlans;
	readonly #connections: Connections;
	/** Lets a person choose a connection; the choice is stored, so that this happens once. */
	readonly #askConnection: () => Promise<string | undefined>;

	constructor(plans: PromptPlans, connections: Connections, askConnection: () => Promise<string | undefined>) {
		this.#plans = plans;
		this.#connections = connections;
		this.#askConnection = askConnection;
	}

	async plan(session: PromptSession, options: GenerateOptions): Promise<SessionPlan> {
		const read = await readPrompt(session.origin);
		if (!read) {
			session.setView(undefined);
			return { kind: 'gone' };
		}
		const document = options.variables ? withVariables(read, options.variables) : read;
		const source = runSourceOf(session.origin);
		const uri = source.kind === 'input' ? undefined : vscode.Uri.parse(source.uri);
		let planned = this.#plans.planPrompt(document, uri);
		if (planned.choice.kind === 'ambiguous' && options.isInteractive && (await this.#askConnection()) !== undefined) {
			planned = this.#plans.planPrompt(document, uri);
		}
		session.setView({
			prompt: document.body,
			outcome: planned.outcome,
			isTrusted: vscode.workspace.isTrusted,
			isFirstRun: !this.#connections.hasOwn,
		});
		if (planned.choice.kind === 'ambiguous') {
			return { kind: 'noConnection', message: undecided(planned.choice.known) };
		}
		return planned.outcome.kind === 'ready' ? planned.outcome : { kind: 'invalid', problems: problemsOf(planned) };
	}
}

function undecided(names: readonly string[]): string {
	return vscode.l10n.t(
		'Several connections are set up ({0}) and none is chosen. Choose one with “Image Prompt: Select Connection”, or name it in the prompt.',
		names.join(', '),
	);
}
