using Microsoft.Extensions.DependencyInjection;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Finance;

/// <summary>Subsidised micro-loans 小额信贷: the banks' ledger.</summary>
public sealed class FinanceModule : IModule
{
    public string Name => "finance";

    public IReadOnlyList<string> Uses => ["registry"];

    public void AddServices(IServiceCollection services) => services
        .AddProgrammes()
        .AddScoped<IFeed, TakeLoans>()
        .AddScoped<IFeatureSource, FinanceFeatures>()
        .AddScoped<IQualityCheck, FinanceQuality>()
        .AddScoped<IIndicatorSource, FinanceIndicators>();
}
