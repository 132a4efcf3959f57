import type { Connection } from '../../core/connection/connection';

const publicCloud = 'https://login.microsoftonline.com';

/** VS Code's authentication provider for the cloud of `connection`. The one for other clouds has to be set up by its user. */
export function authenticationProvider({ authority = publicCloud }: Pick<Connection, 'authority'>): string {
	return authority === publicCloud ? 'microsoft' : 'microsoft-sovereign-cloud';
}

/** Whether an authentication provider of VS Code is one of Microsoft's. */
export function isMicrosoftProvider(id: string): boolean {
	return id === 'microsoft' || id === 'microsoft-sovereign-cloud';
}

/** What VS Code's provider is asked for. A tenant goes as a scope of its own form (VS Code's microsoft-authentication, 1.106). */
export function scopesOf({ scope, tenantId }: Pick<Connection, 'scope' | 'tenantId'>): readonly string[] {
	return [...(scope === undefined ? [] : [scope]), ...(tenantId === undefined ? [] : [`VSCODE_TENANT:${tenantId}`])];
}
