/** Ends a command of the pretend pxctl with its words; those of a Portworx that does not run go to standard output. */
export class PxctlFailure extends Error {
	readonly stream: 'output' | 'errors';
	constructor(text: string, stream: 'output' | 'errors' = 'errors') {
		super(text);
		this.stream = stream;
	}
}
