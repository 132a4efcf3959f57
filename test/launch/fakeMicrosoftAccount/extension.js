// A Microsoft account that asks nobody on the net: signs in whomever a person chooses, with tokens that a test knows.
const { writeFileSync } = require('node:fs');
const vscode = require('vscode');

const accounts = ['ada@example.com', 'ben@example.com'].map(label => ({ id: label, label }));

/** What the tests look for in all that a window leaves behind; each token holds it. */
const mark = process.env.IMGPROMPT_TEST_TOKEN ?? 'token';

class FakeProvider {
	#sessions = [];
	#issued = 0;
	#changed = new vscode.EventEmitter();
	onDidChangeSessions = this.#changed.event;

	async getSessions(scopes, options) {
		const isMeant = ({ account }) => !options?.account || options.account.id === account.id;
		const covers = session => !scopes || scopes.every(scope => session.scopes.includes(scope));
		return this.#sessions.filter(session => isMeant(session) && covers(session));
	}

	async createSession(scopes, options) {
		const account = options?.account ?? (await vscode.window.showQuickPick(accounts, { title: 'Fake Microsoft Account' }));
		if (!account) {
			throw new Error('Cancelled');
		}
		const known = accounts.find(({ id }) => id === account.id);
		const number = ++this.#issued;
		const session = { id: `session${number}`, accessToken: `ms${number}.${mark}`, account: known, scopes };
		this.#sessions = [...this.#sessions.filter(each => each.account.id !== known.id), session];
		this.#changed.fire({ added: [session], removed: [], changed: [] });
		return session;
	}

	async removeSession(id) {
		const removed = this.#sessions.filter(session => session.id === id);
		this.#sessions = this.#sessions.filter(session => session.id !== id);
		this.#changed.fire({ added: [], removed, changed: [] });
	}

	async signOut() {
		for (const { id } of this.#sessions) {
			await this.removeSession(id);
		}
	}
}

exports.activate = context => {
	const provider = new FakeProvider();
	context.subscriptions.push(
		vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft', provider, { supportsMultipleAccounts: true }),
		vscode.commands.registerCommand('fakeMicrosoftAccount.signOut', () => provider.signOut()),
		vscode.commands.registerCommand('fakeMicrosoftAccount.generate', generateByCode),
	);
};

/** What another extension would do; the result goes into a file that the test names. */
async function generateByCode() {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	const results = await vscode.commands.executeCommand('imgprompt.generate', vscode.Uri.joinPath(folder.uri, 'hero.imgprompt'));
	writeFileSync(process.env.IMGPROMPT_TEST_RESULT, JSON.stringify(results));
}
