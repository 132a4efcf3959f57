/** What decides how a machine signs in to Azure. */
const decisive = /^(AZURE_|IDENTITY_|MSI_|IMDS_|PATH$)/;

/** Gives the process these environment variables while `work` lasts, and none of its own that decide how it signs in. */
export async function withEnvironment<T>(values: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
	const own = Object.entries(process.env).filter(([name]) => decisive.test(name));
	const replace = (entries: readonly (readonly [string, string | undefined])[]): void => {
		Object.keys(process.env)
			.filter(name => decisive.test(name))
			.forEach(name => Reflect.deleteProperty(process.env, name));
		Object.assign(process.env, Object.fromEntries(entries));
	};
	replace(Object.entries(values));
	try {
		return await work();
	} finally {
		replace(own);
	}
}
