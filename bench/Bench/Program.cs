using Shouwang.Bench;

return await Commands.Run(args, CancellationToken.None);
