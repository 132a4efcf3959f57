import { beginningOf } from '../failure/wording';

/** Environment variables, as far as they say how to sign in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One way of signing in that gave no token. `credential` is the library's name for it, when it is known. */
export interface FailedWay {
	readonly credential?: string;
	/** In the library's words, or in those of the program that it asked. */
	readonly message: string;
}

interface Way {
	readonly credential: string;
	readonly name: string;
	/** How the library's messages can be told apart when they do not name it. */
	readonly sign: RegExp;
	/** What it says, and what that means. Texts of @azure/identity 4.14.1. */
	readonly known: readonly (readonly [RegExp, string | ((environment: Environment, message: string) => string)])[];
}

const ways: readonly Way[] = [
	{
		credential: 'EnvironmentCredential',
		name: 'Environment',
		sign: /^EnvironmentCredential/,
		known: [[/No underlying credential could be used/, missingVariables]],
	},
	{
		credential: 'WorkloadIdentityCredential',
		name: 'Workload identity',
		sign: /^WorkloadIdentityCredential/,
		known: [[/is unavailable/, 'AZURE_FEDERATED_TOKEN_FILE is not set']],
	},
	{
		credential: 'ManagedIdentityCredential',
		name: 'Managed identity',
		sign: /^ManagedIdentityCredential/,
		known: [
			[/IMDS endpoint, but it is not available|Network unreachable/, 'no endpoint answered'],
			// A proxy answers for an endpoint that is not there; MSAL then quotes its headers.
			[
				/Http status code: \d+/,
				(_, message) => `its endpoint, or a proxy, answered with status ${/code: (\d+)/.exec(message)?.[1] ?? ''}`,
			],
		],
	},
	{
		credential: 'AzureCliCredential',
		name: 'Azure CLI',
		sign: /Azure CLI|az login/,
		known: [
			[/could not be found/, 'not installed'],
			[/'az login'/, 'nobody is signed in, run “az login”'],
			[/could not be completed|ETIMEDOUT/, 'it did not answer'],
		],
	},
	{
		credential: 'AzurePowerShellCredential',
		name: 'Azure PowerShell',
		sign: /PowerShell|Az\.Account/,
		known: [
			[/Unable to execute PowerShell/, 'not installed'],
			[/Az\.Account/, 'its module Az.Accounts is not installed'],
			[/Connect-AzAccount/, 'nobody is signed in, run “Connect-AzAccount”'],
		],
	},
	{
		credential: 'AzureDeveloperCliCredential',
		name: 'Azure Developer CLI',
		sign: /Azure Developer CLI|azd auth/,
		known: [
			[/couldn't be found/, 'not installed'],
			[/azd auth login/, 'nobody is signed in, run “azd auth login”'],
		],
	},
];

/** Needs programs or packages that are not here; an own way of connections takes its place. */
const neverOffered = /^(VisualStudioCode|Broker)Credential$|Visual Studio Code Authentication|using broker authentication|^Broker for WAM/;

/** Names who gave a token, for people. `credential` is the library's name; `undefined` when it did not tell. */
export function nameOfWay(credential: string | undefined): string {
	return ways.find(way => way.credential === credential)?.name ?? 'DefaultAzureCredential';
}

/** One line for each way that was tried: why it gave no token. Holds no secret of `environment`. */
export function accountOf(failed: readonly FailedWay[], environment: Environment): readonly string[] {
	return failed
		.filter(({ credential, message }) => !neverOffered.test(credential ?? message))
		.map(each => ({ ...each, way: wayOf(each) }))
		.sort((one, other) => orderOf(one.way) - orderOf(other.way))
		.map(({ way, message }) => {
			const [, meaning] = way?.known.find(([pattern]) => pattern.test(message)) ?? [];
			const words = typeof meaning === 'function' ? meaning(environment, message) : (meaning ?? quote(message, environment));
			return `${way?.name ?? 'Another way'}: ${words}.`;
		});
}

/** What to do first, by what the account says. */
export function firstStep(account: readonly string[]): string {
	const said = account.join(' ');
	const command = /run (“[^”]+”)/.exec(said)?.[1];
	if (command !== undefined) {
		return `Run ${command} in a terminal, then try again.`;
	}
	return said.includes('Azure CLI: not installed')
		? 'Install the Azure CLI and run “az login”, or let the connection sign in with your Microsoft account.'
		: 'Mend what is named below, or let the connection sign in with your Microsoft account.';
}

function wayOf({ credential, message }: FailedWay): Way | undefined {
	return ways.find(each => each.credential === credential) ?? ways.find(({ sign }) => sign.test(message));
}

/** In the order in which they are tried; what is not known comes last. */
function orderOf(way: Way | undefined): number {
	return way ? ways.indexOf(way) : ways.length;
}

function missingVariables(environment: Environment): string {
	const missing = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'].filter(name => !environment[name]);
	const [first = 'AZURE_CLIENT_SECRET'] = missing;
	return `${missing.length > 1 ? missing.join(' and ') : first} ${missing.length > 1 ? 'are' : 'is'} not set`;
}

const maxQuotedLength = 200;
const secretVariables = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PASSWORD', 'AZURE_PASSWORD', 'IDENTITY_HEADER', 'MSI_SECRET'];
/** Something like a token; a sentence has spaces. */
const tokenLike = /[\w+/=.~-]{40,}/g;

/** Foreign words in short: Entra's own sentence where there is one, or what stands between MSAL's decorations. */
function quote(message: string, environment: Environment): string {
	const entra =
		/AADSTS\d+:[^\r\n]*?(?=\.(?:\s|$)|[\r\n]|$)/.exec(message)?.[0] ??
		/ - Description: (?!Not Available)([^]*?) - Correlation ID:/.exec(message)?.[1] ??
		/ Message (\w+): Error\(s\): /.exec(message)?.[1] ??
		/^\w+Credential: (?:Authentication failed\. Message )?([^]*)/.exec(message)?.[1];
	const secrets = secretVariables.flatMap(name => environment[name] || []);
	const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), entra ?? message).replace(tokenLike, '[…]');
	return (beginningOf(clean, maxQuotedLength) ?? 'it gave no reason').replace(/\.+$/, '');
}
