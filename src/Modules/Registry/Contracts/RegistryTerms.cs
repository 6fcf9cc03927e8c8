using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>Registry status 脱贫属性 (DOMAIN §5.1). The first four are registered households 建档立卡户.</summary>
public enum RegistryStatus { NotLifted, Lifted, PreLifted, ReturnedToPoverty, Removed, Ordinary }

/// <summary>Monitoring category 监测对象类别 (DOMAIN §5.2); the name of the time comes from the policy.</summary>
public enum MonitoringCategory { None, UnstableLifted, MarginalAtRisk, SuddenHardship, GeneralKey }

/// <summary>Whether, and how, the risk of a monitored household was eliminated 风险消除 (C-ELIM).</summary>
public enum EliminationKind { NotEliminated, ByAssistance, Natural }

/// <summary>State of a member 人员状态 (C-LIFE). Only normal members are counted.</summary>
public enum LifeState { Normal, RemovedWithHousehold, Dead, MovedOut, MarriedOut, OtherReduction }

/// <summary>How the enumerations of the register are called on the screen.</summary>
public static class RegistryTerms
{
    /// <summary>On the poverty register, in whatever stage; null while the status is not known.</summary>
    public static bool? IsRegistered(RegistryStatus? status) => status is { } known
        ? known is RegistryStatus.NotLifted or RegistryStatus.Lifted or RegistryStatus.PreLifted or RegistryStatus.ReturnedToPoverty
        : null;

    public static Text Of(RegistryStatus status) => status switch
    {
        RegistryStatus.NotLifted => new("未脱贫", "Not lifted"),
        RegistryStatus.Lifted => new("脱贫", "Lifted"),
        RegistryStatus.PreLifted => new("预脱贫", "Pre-lifted"),
        RegistryStatus.ReturnedToPoverty => new("返贫", "Returned to poverty"),
        RegistryStatus.Removed => new("自然减少/清退", "Removed"),
        RegistryStatus.Ordinary => new("一般农户", "Ordinary household"),
    };

    public static Text Of(EliminationKind kind) => kind switch
    {
        EliminationKind.NotEliminated => new("未消除", "Not eliminated"),
        EliminationKind.ByAssistance => new("帮扶消除", "Eliminated by assistance"),
        EliminationKind.Natural => new("自然消除", "Eliminated naturally"),
    };

    public static Text Of(LifeState state) => state switch
    {
        LifeState.Normal => new("正常", "Normal"),
        LifeState.RemovedWithHousehold => new("户清退时清退人员", "Removed with the household"),
        LifeState.Dead => new("死亡", "Dead"),
        LifeState.MovedOut => new("迁出", "Moved out"),
        LifeState.MarriedOut => new("婚出", "Married out"),
        LifeState.OtherReduction => new("其他自然减少", "Other reduction"),
    };
}
