// Runs in the extension host of npm start: does by code what a person does with the sample prompt, and tells the launcher.
const { existsSync, renameSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const vscode = require('vscode');

/** The launcher waits for this file. */
const resultFile = process.env.IMGPROMPT_SAMPLE_RESULT;

exports.activate = () => {
	runSample().then(
		picture => tell({ picture }),
		error => tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
	);
};

/** Shows the sample prompt, runs it, and writes its picture to its `output`, unless an earlier window did. */
async function runSample() {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	if (!folder) {
		throw new Error('The window has no workspace folder.');
	}
	const prompt = vscode.Uri.joinPath(folder, 'hero.imgprompt');
	const picture = join(folder.fsPath, 'images', 'hero.png');
	await vscode.window.showTextDocument(prompt, { preview: false });
	const [result] = await vscode.commands.executeCommand('imgprompt.generate', prompt);
	if (result?.status !== 'succeeded') {
		throw new Error(`The sample prompt gave no picture: ${result?.failure?.message ?? 'no result'}`);
	}
	if (!existsSync(picture)) {
		await vscode.commands.executeCommand('imgprompt.insert', result.runId, 0, {});
	}
	if (!existsSync(picture)) {
		throw new Error(`imgprompt.insert wrote no ${basename(picture)}.`);
	}
	return picture;
}

/** The first window counts; its file appears whole. */
function tell(outcome) {
	if (resultFile && !existsSync(resultFile)) {
		writeFileSync(`${resultFile}.part`, JSON.stringify(outcome));
		renameSync(`${resultFile}.part`, resultFile);
	}
}
