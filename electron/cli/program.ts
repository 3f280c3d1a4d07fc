import { Command } from 'commander'
import { importArchive } from './commands/unsupported.ts'
import { bench, type BenchOptions } from './commands/bench.ts'
import { doctor, type DoctorOptions } from './commands/doctor.ts'
import { evaluate, type EvaluationOptions } from './commands/evaluate.ts'
import { exportRun } from './commands/export.ts'
import { open, serve } from './commands/open.ts'
import { predict } from './commands/predict.ts'
import { resume } from './commands/resume.ts'
import { listRuns } from './commands/runs.ts'
import { show } from './commands/show.ts'
import { summary } from './commands/summary.ts'
import { train, type TrainOptions } from './commands/train.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { nearest } from './nearest.ts'
import { numberOption } from './options.ts'
import type { Session } from './session.ts'
import type { Terminal } from './terminal.ts'

const RUN = 'id of a run, an unambiguous beginning of it, or "latest"'
const NETWORK = 'preset, saved network, or a spec.json'

/** The `signum` command with all its sub-commands. `exit` takes the exit code of those that have one of their own. */
export function createProgram(terminal: Terminal, version: string, exit: (code: number) => void): Command {
  const program = new Command('signum')
    .usage('[command] [options]')
    .description('A laboratory for binary neural networks. Without a command, it opens the lab.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'show this help')
    .configureOutput({ writeOut: terminal.out, writeErr: () => {} })
    .showSuggestionAfterError()
    .exitOverride()
  withCommonOptions(program)

  /** A command with the options that all of them have. */
  const command = (nameAndArguments: string, description: string, examples: readonly string[]) =>
    withCommonOptions(
      program
        .command(nameAndArguments)
        .description(description)
        .addHelpText('after', `\nExamples:\n${examples.map((example) => `  signum ${example}\n`).join('')}`),
    )
  const session = (used: Command): Session => {
    const { json = false, dataDir } = used.optsWithGlobals<{ json?: boolean; dataDir?: string }>()
    return { terminal, json, dataFolder: dataDir }
  }

  program
    .addHelpText('after', '\nExamples:\n  signum\n  signum train lenet-binary --epochs 3\n  signum runs\n')
    .argument('[command]')
    .allowExcessArguments()
    .helpCommand('help [command]', 'show the help of a command')
    .action(async (name: string | undefined) => {
      if (name !== undefined) throw unknownCommand(name, program)
      exit(await open(session(program)))
    })

  const serving = command('serve', 'serve the lab to the browser on this machine', [
    'serve',
    'serve --port 8642 --no-open',
  ])
  serving
    .option('--port <number>', 'port to listen on; a free one if left out')
    .option('--no-open', 'print the address without opening a browser')
    .action(async (options: { port?: string; open: boolean }) => exit(await serve(session(serving), options)))

  const training = command('train', 'train a network and record the run', [
    'train lenet-binary',
    'train lenet-full-precision --epochs 3 --seed 7',
    'train my-network.json --limit 2000 --batch 50 --lr 0.0005 --json',
    'train lenet-binary --repeats 5',
    'train lenet-binary --validation 0.1 --early-stopping 5',
    'train lenet-binary --optimizer adamw --schedule cosine --warmup 1 --augment',
  ])
  training
    .argument('<network>', NETWORK)
    .option('--name <text>', 'name of the run; that of the network if left out')
    .addOption(numberOption('--epochs <number>', 'times to go through the images'))
    .addOption(numberOption('--batch <number>', 'images a step'))
    .addOption(numberOption('--lr <number>', 'learning rate'))
    .option('--optimizer <name>', 'adam, adamw, sgd, or bop for the binary weights')
    .addOption(numberOption('--momentum <number>', 'of sgd, below 1'))
    .option('--nesterov', 'sgd looks ahead along its momentum')
    .addOption(numberOption('--weight-decay <number>', 'of adamw'))
    .addOption(numberOption('--gamma <number>', 'of bop: share of the newest gradient in the average'))
    .addOption(numberOption('--threshold <number>', 'of bop: the averaged gradient that flips a weight'))
    .option('--schedule <name>', 'of the learning rate: constant, step or cosine')
    .addOption(numberOption('--every-epochs <number>', 'of step: epochs between two steps'))
    .addOption(numberOption('--factor <number>', 'of step: what each multiplies the rate by'))
    .addOption(numberOption('--final-share <number>', 'of cosine: share of the rate at the end'))
    .addOption(numberOption('--warmup <epochs>', 'epochs in which the learning rate rises evenly'))
    .addOption(
      numberOption('--early-stopping <epochs>', 'end after this many without improvement, keep the best; 0: off'),
    )
    .option(
      '--monitor <name>',
      'what early stopping watches: loss or accuracy, of the validation images where there are any',
    )
    .addOption(numberOption('--min-delta <number>', 'the least that counts as an improvement'))
    .option('--augment [amounts]', 'vary the training images; alone it means shift=2,rotation=10,elastic=0.5; or off')
    .addOption(numberOption('--seed <number>', 'seed of weights, order, dropout, augmentation and validation'))
    .addOption(numberOption('--repeats <number>', 'train it this often, each time with the next seed'))
    .addOption(numberOption('--limit <number>', 'train on the first images only'))
    .addOption(numberOption('--validation <share>', 'share of the training images to hold out, such as 0.1'))
    .addOption(numberOption('--threads <number>', 'threads of the backend; one a core if left out'))
    .option('--backend <name>', 'auto, tensorflow or native')
    .option('--dataset <name>', 'such as mnist')
    .action(async (network: string, options: TrainOptions) => exit(await train(session(training), network, options)))

  const resuming = command('resume', 'go on with a stopped or interrupted run', ['resume latest', 'resume k3v9'])
  resuming.argument('<run>', RUN).action((run: string) => resume(session(resuming), run))

  const listing = command('runs', 'list all runs, newest first', ['runs', 'runs --search binary --json'])
  listing
    .option('--search <text>', 'only runs with this text in id, name, network or dataset')
    .action((options: { search?: string }) =>
      listRuns(session(listing), options.search ? { search: options.search } : {}),
    )

  const showing = command('show', 'show one run: settings, epochs, where it was made', ['show latest'])
  showing.argument('<run>', RUN).action((run: string) => show(session(showing), run))

  const evaluating = command('evaluate', 'measure a trained network on the test images', [
    'evaluate latest',
    'evaluate k3v9 --threads 1 --json',
    'evaluate lenet-binary.packed',
  ])
  evaluating
    .argument('<run>', `${RUN}; or a packed file`)
    .option('--engine <name>', 'float, or packed for the bit-packed engine')
    .option('--dataset <name>', 'for a packed file: what to measure it on, mnist if left out')
    .addOption(numberOption('--threads <number>', 'threads to use'))
    .action((run: string, { engine, dataset, threads }: EvaluationOptions) =>
      evaluate(session(evaluating), run, { engine, dataset, threads }),
    )

  const predicting = command('predict', 'read the digit in PNG images', [
    'predict latest seven.png three.png',
    'predict lenet-binary.packed seven.png',
  ])
  predicting
    .argument('<run>', `${RUN}; or a packed file`)
    .argument('<image...>', 'PNG of any size, dark on light or light on dark')
    .action((run: string, images: string[]) => predict(session(predicting), run, images))

  const summing = command('summary', 'show shapes, parameters, memory and MACs of every layer', [
    'summary lenet-binary',
    'summary latest --json',
  ])
  summing.argument('<network>', `${NETWORK}, or a run`).action((name: string) => summary(session(summing), name))

  const exporting = command('export', 'write a network to a file', [
    'export latest --format packed',
    'export latest --format json --out net.json',
  ])
  exporting
    .argument('<run>', RUN)
    .requiredOption('--format <name>', 'packed, or json for the spec alone (onnx, pytorch and c are to come)')
    .option('--output, --out <path>', 'file to write; named after network and run if left out')
    .action((run: string, options: { format: string; out?: string }) => exportRun(session(exporting), run, options))

  command('import <archive>', 'bring in a network or run (to come)', ['import run.zip']).action(importArchive)
  const benching = command('bench', 'measure kernels, training steps or answers on this machine', [
    'bench kernels --threads 1',
    'bench infer lenet-binary',
    'bench infer latest --rounds 100 --json',
    'bench train lenet-twin --threads 2',
  ])
  benching
    .argument('[what]', 'kernels, infer or train', 'train')
    .argument('[network]', `train and infer: ${NETWORK}; infer: or a run`)
    .option('--network <name>', 'the same as the argument')
    .option('--backend <name>', 'auto, tensorflow or native; for kernels and infer native leaves TensorFlow out')
    .addOption(numberOption('--threads <number>', 'threads to use; for kernels and infer 1 if left out'))
    .addOption(numberOption('--rounds <number>', 'kernels and infer: rounds in which all take turns'))
    .addOption(numberOption('--batch <number>', 'train: images a step'))
    .addOption(numberOption('--steps <number>', 'train: steps to time'))
    .action((what: string, network: string | undefined, options: BenchOptions) =>
      bench(session(benching), what, network, options),
    )

  const checking = command('doctor', 'tell what is installed, and which backend is used', [
    'doctor',
    'doctor --measure',
  ])
  checking
    .option('--measure', 'measure again which backend trains faster here')
    .action((options: DoctorOptions) => doctor(session(checking), options))
  return program
}

function unknownCommand(name: string, program: Command): SignumError {
  const names = program.commands.map((known) => known.name())
  const meant = nearest(name, names)
  const hint = meant ? `Did you mean "signum ${meant}"?` : `There are: ${names.join(', ')}.`
  return new SignumError('invalid_request', `There is no command "${name}". ${hint}`)
}

function withCommonOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document instead of text')
    .option('--data-dir <path>', 'data folder; SIGNUM_DATA_DIR or the usual place if left out')
}
