/** Why kubectl would refuse a kubeconfig. Its message names fields, entries and files, never a value. */
export class KubeconfigFault extends Error {
	override name = 'KubeconfigFault';
}

export function refuse(why: string): never {
	throw new KubeconfigFault(why);
}
