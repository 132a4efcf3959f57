import type { HostAnswer, Rule } from './hostAnswer';
import { tokenIsRefused } from './azureToken';
import { azureVersionRules } from './azureVersionRules';
import { has, hostOf, quote, says } from './hostWords';
import { mayBeBilled, silenceAdvice } from './wording';

/** API Management looks for keys under a name of its own, unless its owner has set another one (Microsoft Learn, read 2026-11-20). */
const gatewayMissesKey: Rule = ({ status, error, connection, credential }) =>
	status === 401 && credential.kind === 'apiKey' && says(error, /missing subscription key/)
		? {
				kind: 'notConfigured',
				code: 'keyHeader',
				message: `The gateway ${hostOf(connection)} did not find the key, which was sent as “api-key”. Ask its owner to take the subscription key from that header.`,
			}
		: undefined;

const keyIsRefused: Rule = ({ status, connection, credential }) =>
	status === 401 && credential.kind !== 'token'
		? {
				kind: 'notSignedIn',
				message: `${hostOf(connection)} did not accept the API key. Set the key of this connection: one of the two that the resource has under “Keys and Endpoint”.`,
			}
		: undefined;

const keysAreDisabled: Rule = ({ error, connection }) =>
	has(error, /^AuthenticationTypeDisabled$/) || says(error, /key[- ]based authentication is disabled/)
		? {
				kind: 'notConfigured',
				code: 'keysDisabled',
				message: `${hostOf(connection)} takes no API keys. Choose another credential for the connection: a Microsoft account, or what this machine signs in with.`,
			}
		: undefined;

const networkIsRefused: Rule = ({ status, error, connection }) =>
	status === 403 && says(error, /virtual network|firewall|private endpoint|public (network )?access is disabled/)
		? {
				kind: 'notPermitted',
				code: 'networkRules',
				message: `The network rules of ${hostOf(connection)} do not let this computer in. Use the network or VPN from which it may be reached, or have its owner allow this address under “Networking”.${quote(error)}`,
			}
		: undefined;

const deploymentMakesNoPictures: Rule = ({ error, connection }) =>
	has(error, /^(OperationNotSupported|DeploymentModelNotSupported)$/) || says(error, /operation does not work with the specified model/)
		? {
				kind: 'modelUnavailable',
				message: `The deployment “${deploymentOf(connection)}” of ${hostOf(connection)} is not of a model that makes pictures. Name a deployment of an image model in the connection.${quote(error)}`,
			}
		: undefined;

const deploymentIsNotThere: Rule = ({ status, error, connection }) =>
	has(error, /^(DeploymentNotFound|model_not_found|unknown_model)$/i) ||
	(status !== undefined && status < 500 && says(error, /\b(model|deployment)\b.*(does not exist|not found|unknown)|unknown model/))
		? {
				kind: 'modelUnavailable',
				message: `${hostOf(connection)} has no deployment “${deploymentOf(connection)}”. Check the name in the connection: it is that of the deployment, not of the model. One that was just made can take 5 minutes to be found.${quote(error)}`,
			}
		: undefined;

/**
 * Azure ends requests after about 120 seconds of silence (llmgateway#2102, read 2026-11-20). Whether the picture was made
 * and billed all the same is not told.
 */
const gatewayGaveUp: Rule = ({ status, error }) =>
	status === 408 || status === 504 || ((status ?? 0) >= 500 && (has(error, /time_?-?out$/i) || says(error, /timed? ?out/)))
		? {
				kind: 'uncertain',
				message: `Azure's gateway gave up waiting for the picture, as it does after about 120 seconds of silence. ${mayBeBilled} ${silenceAdvice}${quote(error)}`,
			}
		: undefined;

const all: readonly Rule[] = [
	gatewayMissesKey,
	keysAreDisabled,
	keyIsRefused,
	tokenIsRefused,
	networkIsRefused,
	deploymentMakesNoPictures,
	deploymentIsNotThere,
	...azureVersionRules,
	gatewayGaveUp,
];

/**
 * What Azure OpenAI, Microsoft Foundry and gateways before them say besides what everybody says (Microsoft Learn, troubleshooting
 * pages, and issue threads, read 2026-11-20).
 */
export const azureRules: readonly Rule[] = all.map(rule => answer => (answer.connection.kind === 'azure' ? rule(answer) : undefined));

function deploymentOf({ deployment, model }: HostAnswer['connection']): string {
	return deployment ?? model;
}
