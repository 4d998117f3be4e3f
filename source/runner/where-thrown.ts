/** Lines of an error's stack, without its message: that may quote anything, and have lines that look like these. */
export const whereThrown = (error: Error): readonly string[] =>
	(error.stack ?? '')
		.replace(error.message, '')
		.split('\n')
		.filter(line => /^\s+at /.test(line));

/** A name that is set may quote as well; that of its class is ours or Node's. */
export const kindOf = (error: Error): string => error.constructor.name;
