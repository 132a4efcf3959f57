import type { Rule } from './hostAnswer';
import { has, quote, says } from './hostWords';

const keyIsRefused: Rule = ({ error, status }) =>
	status === 401 || has(error, /^invalid_api_key$/)
		? {
				kind: 'notSignedIn',
				message: 'The host did not accept the API key, or it needs one. Set the key of this connection and send again.',
			}
		: undefined;

const organisationIsNotVerified: Rule = ({ error, status, connection, model = connection.model }) =>
	status === 403 && says(error, /must be verified/)
		? {
				kind: 'notPermitted',
				message: `The organisation must be verified to use ${named(model)}. Verify it at https://platform.openai.com/settings/organization/general; it can take 15 minutes to take effect.`,
			}
		: undefined;

const isForbidden: Rule = ({ error, status }) =>
	status === 403
		? {
				kind: 'notPermitted',
				message: `The host does not permit this. Check what the key and its project may do, and the host's network rules.${quote(error)}`,
			}
		: undefined;

const modelIsUnavailable: Rule = ({ error, status, connection, model = connection.model }) =>
	has(error, /^(model_not_found|DeploymentNotFound)$/i) ||
	(status !== undefined && status < 500 && says(error, /\b(model|deployment)\b.*(does not exist|not found|deprecated|retired|shut down)/))
		? {
				kind: 'modelUnavailable',
				message: `The host does not have ${named(model)} for this account, or no longer. Choose another model in the prompt or the connection.${quote(error)}`,
			}
		: undefined;

/** Who may ask, and for what. */
export const accessRules: readonly Rule[] = [keyIsRefused, organisationIsNotVerified, isForbidden, modelIsUnavailable];

function named(model: string): string {
	return model === '' ? 'the model' : model;
}
