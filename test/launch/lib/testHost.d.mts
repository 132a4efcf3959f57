/** A real VS Code from npm: its Node, the server's script, and the folder of the extensions that VS Code brings along. */
export interface TestHost {
	readonly node: string;
	readonly server: string;
	readonly builtInExtensions: string;
}

export function ensureTestHost(): Promise<TestHost>;
export function isTestHostAvailable(): boolean;
