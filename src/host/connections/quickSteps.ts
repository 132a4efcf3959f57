import * as vscode from 'vscode';
import { DisposableStore } from '../lifecycle';
import type { Answer } from './askInTurn';

export interface TextQuestion {
	readonly title: string;
	readonly prompt: string;
	readonly value?: string;
	readonly placeholder?: string;
	readonly isSecret?: boolean;
	readonly canGoBack?: boolean;
	/** A message while the text can't be accepted; one with a severity below error is shown and accepted. */
	readonly check?: (text: string) => string | vscode.InputBoxValidationMessage | undefined;
}

/** Asks for a line of text. The box stays when the window loses the focus, so that a key can be fetched elsewhere. */
export async function askText(question: TextQuestion): Promise<Answer<string>> {
	const box = vscode.window.createInputBox();
	const check = (): void => {
		box.validationMessage = question.check?.(box.value);
	};
	box.title = question.title;
	box.prompt = question.prompt;
	box.value = question.value ?? '';
	box.placeholder = question.placeholder;
	box.password = question.isSecret ?? false;
	box.ignoreFocusOut = true;
	box.buttons = question.canGoBack ? [vscode.QuickInputButtons.Back] : [];
	box.onDidChangeValue(check);
	const accepted = (): string | undefined => {
		check();
		return isRefused(box.validationMessage) ? undefined : box.value;
	};
	return untilAnswered(box, accepted);
}

/** Something to know about a text that can be accepted. */
export function information(message: string): vscode.InputBoxValidationMessage {
	return { message, severity: vscode.InputBoxValidationSeverity.Info };
}

function isRefused(message: string | vscode.InputBoxValidationMessage | undefined): boolean {
	return typeof message === 'object' ? message.severity === vscode.InputBoxValidationSeverity.Error : !!message;
}

export interface Choice<T> extends vscode.QuickPickItem {
	readonly value: T;
}

export interface ChoiceQuestion<T> {
	readonly title: string;
	readonly placeholder: string;
	readonly choices: readonly Choice<T>[];
	readonly active?: T;
	readonly canGoBack?: boolean;
}

/** Asks for one of several things. */
export async function askChoice<T>(question: ChoiceQuestion<T>): Promise<Answer<T>> {
	const pick = vscode.window.createQuickPick<Choice<T>>();
	pick.title = question.title;
	pick.placeholder = question.placeholder;
	pick.items = question.choices;
	const active = question.choices.filter(({ value }) => value === question.active);
	if (active.length > 0) {
		pick.activeItems = active;
	}
	pick.matchOnDescription = true;
	pick.matchOnDetail = true;
	pick.ignoreFocusOut = true;
	pick.buttons = question.canGoBack ? [vscode.QuickInputButtons.Back] : [];
	return untilAnswered(pick, () => pick.selectedItems[0]?.value);
}

type Asking = (vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>) &
	Pick<vscode.InputBox, 'onDidAccept' | 'onDidHide' | 'onDidTriggerButton'>;

/** Shows `input` until it is answered, sent back or hidden. `accepted` says `undefined` while there is no answer. */
function untilAnswered<T>(input: Asking, accepted: () => T | undefined): Promise<Answer<T>> {
	const resources = new DisposableStore();
	resources.add(input);
	return new Promise<Answer<T>>(resolve => {
		resources.add(
			input.onDidAccept(() => {
				const value = accepted();
				if (value !== undefined) {
					resolve({ kind: 'answered', value });
				}
			}),
		);
		resources.add(input.onDidTriggerButton(button => button === vscode.QuickInputButtons.Back && resolve({ kind: 'back' })));
		resources.add(input.onDidHide(() => resolve({ kind: 'dismissed' })));
		input.show();
	}).finally(() => resources.dispose());
}
