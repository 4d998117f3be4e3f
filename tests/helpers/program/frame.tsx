import { Box } from 'ink';
import { render } from 'ink-testing-library';
import type { ReactElement, ReactNode } from 'react';
import { AreaContext } from '../../../source/ui/area.ts';
import { type Theme, ThemeProvider, themeFor } from '../../../source/ui/theme.ts';

// Ink asks `tput` for a size that the testing library's output lacks, which costs 45 ms a time.
process.env.COLUMNS ??= '100';
process.env.LINES ??= '40';

/** Signs in Unicode, and a character for the cursor: frames hold everything that the screen says. */
export const unicodeTheme: Theme = themeFor({ env: { TERM: 'dumb' }, platform: 'linux', unicode: true });
export const asciiTheme: Theme = themeFor({ env: { TERM: 'dumb' }, platform: 'linux', unicode: false });

type Options = { columns?: number; rows?: number; theme?: Theme };

export type Shown = {
	/** Without the blanks at the ends of its lines. */
	frame(): string;
	/** All bytes in one read, as a fast hand or a script sends them. */
	type(keys: string): Promise<void>;
	paste(text: string): Promise<void>;
	rerender(tree: ReactNode): Promise<void>;
	unmount(): void;
};

export async function show(tree: ReactNode, options: Options = {}): Promise<Shown> {
	const app = render(inWindow(tree, options));
	await settle();
	return {
		frame: () => trimLines(app.lastFrame() ?? ''),
		async type(keys) {
			app.stdin.write(keys);
			await settle();
		},
		async paste(text) {
			app.stdin.write(`\u001B[200~${text}\u001B[201~`);
			await settle();
		},
		async rerender(next) {
			app.rerender(inWindow(next, options));
			await settle();
		},
		unmount: app.unmount,
	};
}

function inWindow(tree: ReactNode, { columns = 80, rows = 24, theme = asciiTheme }: Options): ReactElement {
	return (
		<ThemeProvider theme={theme}>
			<AreaContext value={{ columns, rows }}>
				<Box width={columns} flexShrink={0} flexDirection="column">
					{tree}
				</Box>
			</AreaContext>
		</ThemeProvider>
	);
}

/** A frame to compare with: indented like the test around it, with neither first nor last line break. */
export function lines(text: TemplateStringsArray): string {
	const all = (text.raw[0] ?? '').split('\n').slice(1, -1);
	const indent = Math.min(...all.filter(line => line.trim() !== '').map(line => line.search(/\S/)));
	return all.map(line => line.slice(indent).trimEnd()).join('\n');
}

const trimLines = (frame: string): string =>
	frame
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n');

/** React draws, runs its effects, and draws what these changed. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
}
