import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseConnections } from '../../src/core/connection/parseConnections';
import { SignedInLine } from '../../src/host/connections/signedInLine';
import { eventually } from './harness';

const foundry = { name: 'foundry', kind: 'azure', baseUrl: 'https://one.openai.azure.com', deployment: 'pictures', auth: 'microsoft' };
const [signingIn, keyed] = parseConnections([foundry, { ...foundry, name: 'keyed', auth: 'apiKey' }]).connections;

suite('the line that says who is signed in', () => {
	/** A line whose account is `accounts.label`, and what it shows to somebody who asks again at every change, whoever hears of it first. */
	function shownLine() {
		const accounts: { label: string | undefined; asked: number } = { label: undefined, asked: 0 };
		const changes = new vscode.EventEmitter<void>();
		assert.ok(signingIn && keyed);
		const connection = signingIn;
		const shown: (string | undefined)[] = [];
		const parts: { line?: SignedInLine } = {};
		const show = (): void => void shown.push(parts.line?.textFor(connection));
		changes.event(show);
		parts.line = new SignedInLine(
			{ onDidChange: changes.event },
			{
				accountOf: () => {
					accounts.asked += 1;
					return Promise.resolve(accounts.label);
				},
			},
		);
		parts.line.onDidChange(show);
		show();
		return { accounts, changes, shown, line: parts.line, keyed };
	}

	test('is known a moment later, and follows whoever signs in or out', async () => {
		const { accounts, changes, shown, line } = shownLine();
		await eventually('nobody', () => shown.at(-1) === 'Nobody is signed in');
		accounts.label = 'ann@example.com';
		changes.fire();
		await eventually('somebody', () => shown.at(-1) === 'Signed in as ann@example.com');
		assert.equal(accounts.asked, 2);
		line.dispose();
	});

	test('asks nothing where no account is taken, nor after it is disposed', async () => {
		const { accounts, changes, shown, line, keyed: other } = shownLine();
		await eventually('nobody', () => shown.at(-1) === 'Nobody is signed in');
		assert.equal(line.textFor(other), undefined);
		line.dispose();
		changes.fire();
		assert.equal(accounts.asked, 1);
	});
});
