/** What decides how a machine signs in to Azure, besides the PATH. */
const decisive = /^(AZURE_|IDENTITY_|MSI_|IMDS_)/;

/** Gives the process these environment variables while `work` lasts, and none of its own that decide how it signs in. */
export async function withEnvironment<T>(values: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
	const touched = [...Object.keys(values), ...Object.keys(process.env).filter(name => decisive.test(name))];
	const own = touched.map(name => [name, process.env[name]] as const);
	own.forEach(([name]) => Reflect.deleteProperty(process.env, name));
	Object.assign(process.env, values);
	try {
		return await work();
	} finally {
		for (const [name, value] of own) {
			Reflect.deleteProperty(process.env, name);
			if (value !== undefined) {
				process.env[name] = value;
			}
		}
	}
}
