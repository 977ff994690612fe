/** node ours.js COUNT FOLDER: the services, written into the folder. */
import { servicesApp } from './services';

const [count, folder] = process.argv.slice(2);
servicesApp(Number(count), folder!).synth();
