using Shouwang.Server.Cli;

return await Commands.Run(args, Console.Out, Console.Error);
