import lightgbm as lgb
import numpy as np
import optuna


def model(dbt, session):
    df = dbt.ref("fct_revenue").df()
    X, y = df[["country"]].astype("category"), df["amount"]

    def objective(trial: optuna.Trial) -> float:
        params = {
            "learning_rate": trial.suggest_float("learning_rate", 1e-3, 1e-1, log=True),
            "num_leaves": trial.suggest_int("num_leaves", 8, 64),
        }
        model = lgb.LGBMRegressor(**params, verbose=-1)
        model.fit(X, y, callbacks=[lgb.log_evaluation(0), lambda env: None])
        return float(np.mean((model.predict(X) - y) ** 2))

    study = optuna.create_study(direction="minimize")
    study.optimize(objective, n_trials=20, callbacks=[lambda study, trial: print(trial.number)])
    best = lgb.LGBMRegressor(**study.best_params).fit(X, y)
    return df.assign(predicted=best.predict(X), params=str(study.best_params))
