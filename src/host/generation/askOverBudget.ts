import * as vscode from 'vscode';
import type { BudgetExcess, Ceilings } from '../../core/run/budget';
import { askModally } from '../notice/notice';
import { budgetQuestion } from './budgetTexts';

/** Asks a person whether to send one run that is over a ceiling. Closing the question means no. */
export async function askOverBudget(excess: BudgetExcess, ceilings: Ceilings): Promise<boolean> {
	const question = budgetQuestion(excess, ceilings, {
		t: (message, ...values) => vscode.l10n.t(message, ...values),
		locale: vscode.env.language,
	});
	const sendAnyway = vscode.l10n.t('Send Anyway');
	return (await askModally(question.message, question.detail, sendAnyway)) === sendAnyway;
}
