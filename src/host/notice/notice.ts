import * as vscode from 'vscode';
import { asPlainText } from './plainText';

/** Shows `message` word for word, and resolves to the button that was pressed. */
export function showInformation<T extends string>(message: string, ...buttons: readonly T[]): Thenable<T | undefined> {
	return vscode.window.showInformationMessage(asPlainText(message), ...buttons);
}

/** Shows `message` word for word, and resolves to the button that was pressed. */
export function showError<T extends string>(message: string, ...buttons: readonly T[]): Thenable<T | undefined> {
	return vscode.window.showErrorMessage(asPlainText(message), ...buttons);
}

/** Shows `message` word for word, and resolves to the button that was pressed. */
export function showWarning<T extends string>(message: string, ...buttons: readonly T[]): Thenable<T | undefined> {
	return vscode.window.showWarningMessage(asPlainText(message), ...buttons);
}

/** Asks a question that has to be answered; `undefined`: the person closed it. */
export function askModally<T extends string>(message: string, detail: string, ...buttons: readonly T[]): Thenable<T | undefined> {
	return vscode.window.showWarningMessage(asPlainText(message), { modal: true, detail: asPlainText(detail) }, ...buttons);
}
