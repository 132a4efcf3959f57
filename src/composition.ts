import * as vscode from 'vscode';
import type { HostKind } from './core/connection/connection';
import { spentToday } from './core/run/budgetSpent';
import type { ImageProvider } from './core/run/ports';
import type { RunRecord, RunStore } from './core/run/records';
import { createRecovery } from './core/run/recoverRuns';
import { createRequestSlots } from './core/run/requestSlots';
import { connectionCommands } from './host/commands/connectionCommands';
import { cancelCommand } from './host/commands/cancel';
import { generateCommand } from './host/commands/generate';
import { generateFromInputCommand } from './host/commands/generateFromInput';
import { generateFromSelectionCommand } from './host/commands/generateFromSelection';
import { insertCommand } from './host/commands/insert';
import { newFileCommand } from './host/commands/newFile';
import { openPanelCommand } from './host/commands/openPanel';
import { previewCommand } from './host/commands/preview';
import { CommandRegistry, reportUnexpected } from './host/commands/registry';
import { showHistoryCommand } from './host/commands/showHistory';
import { showLogCommand } from './host/commands/showLog';
import { signInCommand } from './host/commands/signIn';
import { AccountMemory } from './host/connections/accountMemory';
import { ApiKeys } from './host/connections/apiKeys';
import { Connections } from './host/connections/connections';
import { ConnectionEditor } from './host/connections/connectionEditor';
import { ConnectionTest } from './host/connections/connectionTest';
import { ConnectionManager } from './host/connections/manageConnections';
import { MicrosoftAccounts } from './host/connections/microsoftAccounts';
import { UserSettings } from './host/connections/settings';
import { SignedInLine } from './host/connections/signedInLine';
import { ConnectionStatusBar } from './host/connections/statusBar';
import { TestDialog } from './host/connections/testDialog';
import { showSignInInContext, SignIn } from './host/connections/signIn';
import { TokenApproval } from './host/connections/tokenApproval';
import { Tokens } from './host/connections/tokens';
import { ConnectionWizard } from './host/connections/wizard';
import { askOverBudget } from './host/generation/askOverBudget';
import { BudgetGuard } from './host/generation/budgetGuard';
import { DaySpending } from './host/generation/daySpending';
import { GenerateInPanel } from './host/generation/generateInPanel';
import { logRun } from './host/generation/logRun';
import { Generator } from './host/generation/generator';
import { RunningRuns } from './host/generation/runningRuns';
import { SessionPlans } from './host/generation/sessionPlans';
import type { HistoryPorts } from './host/history/historyPick';
import { RunDecisions } from './host/history/runDecisions';
import { tellSettled } from './host/history/settledNotice';
import { UndecidedRuns } from './host/history/undecidedRuns';
import { UndecidedStatusBar } from './host/history/undecidedStatusBar';
import { PromptPlans } from './host/language/promptPlans';
import { registerLanguage } from './host/language/registerLanguage';
import { DisposableStore } from './host/lifecycle';
import { PanelManager } from './host/panel/panelManager';
import { BackgroundRetention } from './host/records/backgroundRetention';
import { createFileLedger } from './host/records/fileLedger';
import { createFileRunStore } from './host/records/fileRunStore';
import { createOwnerId } from './host/records/owner';
import { createFileRetention } from './host/records/retention';
import { usualRefuge } from './host/records/refuge';
import { newRunId, sha256 } from './host/records/runId';
import { showDecidedElsewhere } from './host/sessions/decidedElsewhere';
import { DocumentTracker } from './host/sessions/documentTracker';
import { ForeignRuns } from './host/sessions/foreignRuns';
import { announcePictures } from './host/sessions/announcePictures';
import { createPanelActions } from './host/sessions/panelActions';
import { PictureActions } from './host/sessions/pictureActions';
import type { PromptSession } from './host/sessions/promptSession';
import { SessionRefresher } from './host/sessions/sessionRefresher';
import { SessionRegistry } from './host/sessions/sessionRegistry';
import { SessionRuns } from './host/sessions/sessionRuns';
import { SessionStore } from './host/sessions/sessionStore';
import { systemClock } from './host/systemClock';
import { createAzureProvider } from './providers/azure/azureProvider';
import { createDefaultCredential } from './providers/azure/defaultCredential';
import { createCompatibleProvider } from './providers/compatible/compatibleProvider';
import { createOpenAiProvider } from './providers/openai/openAiProvider';
import { createSandboxProvider } from './providers/sandbox/sandboxProvider';

/** What the entry point needs of everything behind it. */
export interface Application {
	execute(command: string, args: readonly unknown[]): Promise<unknown>;
	restorePanel(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** How long a closed panel's way back is kept. */
const panelMemoryMs = 90 * 24 * 60 * 60 * 1000;

/** How long the run of a panel that may be open somewhere is not removed. */
const shownMemoryMs = 7 * 24 * 60 * 60 * 1000;

/** Builds the object graph, from the leaves up, and hands its ends to VS Code. Nothing else belongs here. */
export function compose(context: vscode.ExtensionContext): Application {
	const disposables = new DisposableStore();
	context.subscriptions.push(disposables);
	const log = disposables.add(vscode.window.createOutputChannel('Image Prompt', { log: true }));
	const connecting = composeConnections(context, disposables, log);
	const keeping = composeRecords(context, log);
	const foreignRuns = disposables.add(new ForeignRuns(keeping.runs, keeping.recover, systemClock));
	const reportError = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
	const sessions = disposables.add(
		new SessionRegistry(keeping.sessionStore, keeping.runs, {
			keepsPrompts: () => connecting.settings.current.keepPrompts,
			followRun: session => void foreignRuns.follow(session).catch(reportError),
			reportError,
			recovered: keeping.recovered,
		}),
	);
	const generating = composeGeneration(context, disposables, { ...connecting, ...keeping, sessions, log });
	composeEditor(disposables, { ...connecting, ...generating, sessions });
	const history = composeHistory(disposables, { ...connecting, ...keeping, ...generating, sessions, log });
	const commands = composeCommands({ ...connecting, ...keeping, ...generating, sessions, log, history });
	return {
		execute: (command, args) => commands.execute(command, args),
		restorePanel: async (panel, state) => {
			const restored = await generating.panels.restore(panel, state);
			for (const session of sessions.all.filter(({ id }) => id === restored?.id)) {
				await announcePictures(session.run?.record.pictures);
				generating.refresher.refresh(session);
			}
		},
	};
}

function composeConnections(context: vscode.ExtensionContext, disposables: DisposableStore, log: vscode.LogOutputChannel) {
	const settings = disposables.add(new UserSettings(problem => log.warn(problem)));
	const keys = new ApiKeys(context.secrets);
	const accountMemory = new AccountMemory(context.globalState);
	const accounts = disposables.add(new MicrosoftAccounts(accountMemory));
	const machine = createDefaultCredential({ clock: systemClock, environment: process.env });
	const connections = new Connections(settings, keys, new Tokens(accounts, machine, new TokenApproval(accountMemory)));
	const providers = createProviders();
	const providerFor = (kind: HostKind): ImageProvider => providerOf(providers, kind);
	const plans = disposables.add(new PromptPlans(settings, connections, today));
	const editor = new ConnectionEditor(settings, keys, accountMemory);
	const reportError = (error: unknown): void => reportUnexpected(error, log);
	const tests = new TestDialog(new ConnectionTest(connections, providerFor, log), editor, plans, reportError);
	const wizard = new ConnectionWizard(connections, keys, tests, reportError);
	const manager = new ConnectionManager({ connections, editor, keys, accounts, wizard, tests });
	const signIn = new SignIn(connections, accounts, tests, reportError);
	disposables.add(showSignInInContext(connections));
	return { settings, connections, accounts, signIn, providerFor, wizard, manager, tests, plans };
}

function composeRecords(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
	const folder = (name: string): vscode.Uri => vscode.Uri.joinPath(context.globalStorageUri, name);
	const runsRoot = folder('runs');
	const ownerId = createOwnerId();
	const refuge = usualRefuge();
	const runs = createFileRunStore({ root: runsRoot.fsPath, ownerId, refuge });
	const ledger = createFileLedger(folder('ledger').fsPath);
	const sessionStore = new SessionStore(folder('sessions').fsPath);
	const settle = createRecovery(runs, ledger, systemClock);
	const recover = async (): Promise<readonly RunRecord[]> => {
		const settled = await settle();
		tellSettled(settled, log);
		return settled;
	};
	const recovered = tidy(recover(), sessionStore).catch((error: unknown) => reportUnexpected(error, log));
	return { runsRoot, refuge, ownerId, runs, ledger, sessionStore, recover, recovered };
}

type Connecting = ReturnType<typeof composeConnections>;
type Keeping = ReturnType<typeof composeRecords>;
type Common = { readonly sessions: SessionRegistry; readonly log: vscode.LogOutputChannel };

function composeGeneration(context: vscode.ExtensionContext, disposables: DisposableStore, parts: Connecting & Keeping & Common) {
	const { settings, connections, providerFor, wizard, tests, plans, runsRoot, refuge, runs, ledger, sessions, log } = parts;
	const reportError = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
	const running = disposables.add(new RunningRuns());
	const archive = { runs, ledger, clock: systemClock, refuge };
	const pictures = new PictureActions(archive, disposables.add(new DocumentTracker()), () => settings.current.assets);
	const sessionPlans = new SessionPlans(plans, connections, () => wizard.selectConnection());
	const decisions = disposables.add(
		new RunDecisions(runs, { showRecord: record => sessions.all.forEach(session => session.showRecord(record)) }),
	);
	const actions = createPanelActions({
		mendConnection: (connection, mend) => tests.mendAndTell(connection, mend),
		sessions,
		runs,
		running,
		pictures,
		decisions,
		generating: () => inPanel,
	});
	const refugeRoots = refuge.roots.map(root => vscode.Uri.file(root));
	const around = { extensionUri: context.extensionUri, runsRoot, refugeRoots, actions, reportError };
	const panels = disposables.add(new PanelManager(around, sessions, () => settings.current.panelLocation));
	const generator = new Generator(sessionPlans, connections, running, {
		store: runs,
		ledger,
		clock: systemClock,
		slots: createRequestSlots(),
		newRunId: () => newRunId(systemClock.now()),
		sha256,
		providerFor,
		report: result => logRun(log, result),
		budget: new BudgetGuard({ ledger, clock: systemClock, settings: () => settings.current.budget, ask: askOverBudget }),
		limits: () => settings.current,
	});
	const inPanel = new GenerateInPanel(sessions, panels, sessionPlans, generator);
	const shown = (): readonly PromptSession[] => panels.openSessions.flatMap(({ id }) => sessions.all.find(each => each.id === id) ?? []);
	const refresher = disposables.add(new SessionRefresher(shown, sessionPlans, plans, reportError));
	disposables.add(panels.onDidClose(session => sessions.closed(session)));
	disposables.add(showRunningInContext(running));
	const spending = disposables.add(
		new DaySpending({
			read: () => spentToday(ledger, systemClock.now()),
			ceilings: () => settings.current.budget.ceilings,
			reportError,
		}),
	);
	disposables.add(running.onDidChange(() => spending.refresh()));
	disposables.add(settings.onDidChange(() => spending.refresh()));
	return { running, pictures, decisions, panels, inPanel, refresher, spending };
}

type Generating = ReturnType<typeof composeGeneration>;

/** What becomes of runs that are over: the list of them, what the user has to decide, and the removal of old ones. */
function composeHistory(disposables: DisposableStore, parts: Connecting & Keeping & Generating & Common): HistoryPorts {
	const { settings, runs, runsRoot, refuge, ownerId, sessionStore, recover, recovered } = parts;
	const { running, decisions, pictures, inPanel, sessions, log } = parts;
	const reportError = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
	const read = async (): Promise<readonly RunRecord[]> => {
		await recover();
		return runs.undecided();
	};
	const changes = [running.onDidChange, decisions.onDidChange];
	const undecided = disposables.add(new UndecidedRuns({ read, changes, reportError }));
	disposables.add(new UndecidedStatusBar(undecided));
	disposables.add(
		undecided.onDidChange(() => {
			const open = undecided.current.map(({ runId }) => runId);
			showDecidedElsewhere(sessions.all, open, runs).catch(reportError);
		}),
	);
	const shownRuns = async (): Promise<ReadonlySet<string>> =>
		new Set([
			...(await sessionStore.runIds(shownMemoryMs, systemClock.now())),
			...sessions.all.flatMap(({ run }) => run?.record.runId ?? []),
		]);
	const retention = disposables.add(
		new BackgroundRetention(createFileRetention({ root: runsRoot.fsPath, ownerId, runs, shownRuns, refuge }), {
			clock: systemClock,
			limits: () => settings.current.retention,
			report: removed => log.info(`Removed ${removed.length} old runs, beyond imgprompt.history.maxRuns or maxBytes.`),
			reportError,
		}),
	);
	disposables.add(running.onDidChange(() => void retention.schedule()));
	void recovered.then(async () => {
		await undecided.refresh();
		await retention.schedule();
	});
	return {
		runs,
		undecided,
		decisions,
		open: runId => openRun(runId, runs, inPanel),
		reveal: ({ runId, pictures: kept }) => pictures.reveal(runId, kept[0]?.candidate ?? 0),
		reportError: error => reportUnexpected(error, log),
	};
}

async function openRun(runId: string, runs: RunStore, inPanel: GenerateInPanel): Promise<void> {
	const folder = await runs.open(runId);
	if (!folder) {
		throw new Error(vscode.l10n.t('This run is no longer kept.'));
	}
	await inPanel.showRun(folder.record);
}

/** Language features and status bar. */
function composeEditor(disposables: DisposableStore, parts: Connecting & Generating & Pick<Common, 'sessions'>): void {
	const { plans, settings, connections, accounts, sessions, running, panels, spending } = parts;
	disposables.add(registerLanguage({ plans, settings, connections, runs: new SessionRuns(sessions, running) }));
	disposables.add(
		new ConnectionStatusBar({
			plans,
			connections,
			panel: {
				get isPanelActive() {
					return panels.activeSession !== undefined;
				},
				onDidChangePanelFocus: panels.onDidChangeActive,
			},
			spending,
			signedIn: disposables.add(new SignedInLine(connections, accounts)),
		}),
	);
}

function composeCommands(parts: Connecting & Keeping & Generating & Common & { readonly history: HistoryPorts }): CommandRegistry {
	const { inPanel, pictures, panels, sessions, running, runs, wizard, manager, signIn, history, log } = parts;
	return new CommandRegistry(
		[
			generateCommand(inPanel),
			generateFromSelectionCommand(inPanel),
			generateFromInputCommand(inPanel),
			previewCommand(inPanel),
			insertCommand(pictures, panels, sessions),
			cancelCommand(running),
			newFileCommand(),
			openPanelCommand(inPanel, runs),
			showHistoryCommand(history),
			showLogCommand(log),
			signInCommand(signIn),
			...connectionCommands(wizard, manager),
		],
		log,
	);
}

function createProviders(): ReadonlyMap<HostKind, ImageProvider> {
	const dependencies = { clock: systemClock };
	const all = [
		createOpenAiProvider(dependencies),
		createAzureProvider(dependencies),
		createCompatibleProvider(dependencies),
		createSandboxProvider(dependencies),
	];
	return new Map(all.map(provider => [provider.kind, provider]));
}

function providerOf(providers: ReadonlyMap<HostKind, ImageProvider>, kind: HostKind): ImageProvider {
	const provider = providers.get(kind);
	if (!provider) {
		throw new Error(`No provider for connections of kind ${kind}.`);
	}
	return provider;
}

/** The user's calendar day as `YYYY-MM-DD`: models end on a day. */
function today(): string {
	const now = new Date();
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Also at the start: the window remembers what a former extension host said. */
function showRunningInContext(running: RunningRuns): vscode.Disposable {
	const show = (): void => void vscode.commands.executeCommand('setContext', 'imgprompt.isRunning', running.size > 0);
	show();
	return running.onDidChange(show);
}

/** Settles what an earlier window left behind. Runs beside the first command, never before it. */
async function tidy(recovered: Promise<unknown>, sessions: SessionStore): Promise<void> {
	await recovered;
	await sessions.prune(panelMemoryMs, systemClock.now());
}
